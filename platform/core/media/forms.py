"""The field that takes a picture."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.media.imaging import ACCEPTED, Prepared, prepare


class PictureField(forms.FileField):
    """Cleans to a `Prepared` picture: what is wrong with the file is said at the field."""

    widget = forms.FileInput(attrs={"accept": ",".join(f"image/{each.lower()}" for each in ACCEPTED)})
    default_error_messages = {"empty": _("Ce fichier est vide.")}

    def clean(self, data: Any, initial: Any = None) -> Prepared | None:
        upload = super().clean(data, initial)
        return prepare(upload) if upload else None
