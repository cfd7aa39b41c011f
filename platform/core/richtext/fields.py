"""The model field of a formatted text."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.richtext.cleaning import TooLong, cleaned, purified
from core.richtext.text import plain

TOO_LONG = _("Ce texte est trop long : %(length)s caractères, %(limit)s au plus.")
FAR_TOO_LONG = _("Ce texte est beaucoup trop long : %(limit)s caractères au plus.")


def checked(html: str, limit: int | None) -> str:
    """The canonical form. Raises ValidationError when it says more than `limit` letters, formatting not counted."""
    try:
        clean = cleaned(html)
    except TooLong as error:
        raise ValidationError(FAR_TOO_LONG, "max_length", {"limit": limit or 0}) from error
    length = len(plain(clean))
    if limit is not None and length > limit:
        raise ValidationError(TOO_LONG, "max_length", {"length": length, "limit": limit})
    return clean


class RichTextField(models.TextField):  # type: ignore[type-arg]
    """Holds the canonical HTML and nothing else, however it is written; `max_length` counts what is read."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(checked(str(value or ""), self.max_length), model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = cleaned(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(purified(value) if isinstance(value, str) else value, connection)

    def formfield(self, **options: Any) -> Any:
        from core.richtext.forms import RichTextFormField

        given: dict[str, Any] = {"form_class": RichTextFormField, "max_length": self.max_length, "widget": None}
        return super(models.TextField, self).formfield(**given | options)
