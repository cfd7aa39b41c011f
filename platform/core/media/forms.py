"""The field that takes a picture."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.media.receiving import Received, receive_picture

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,.heic"


class PictureField(forms.FileField):
    """Cleans to a picture that was received: what is wrong with the file is said at the field."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})
    default_error_messages = {"empty": _("Ce fichier est vide.")}

    def clean(self, data: Any, initial: Any = None) -> Received | None:
        upload = super().clean(data, initial)
        return receive_picture(upload) if upload else None
