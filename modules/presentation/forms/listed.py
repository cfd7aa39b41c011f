"""What the forms of all lists have in common."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.web.plain_text import many_lines, one_line
from modules.presentation.models import Listed

# Three figures at least, as in 112, and the signs written between them.
PHONE = r"^\+?[\s./()-]*(?:[0-9][\s./()-]*){3,}$"


class Line(forms.CharField):
    """Words on one line; what cannot be printed is left out."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class Text(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return many_lines(super().to_python(value) or "")


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Écrivez une date qui existe, comme 24/12/2026.")}


class PhoneField(forms.RegexField):
    default_error_messages = {"invalid": _("Écrivez un numéro seul, comme 04 00 00 00 00.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(PHONE, max_length=30, widget=forms.TextInput(attrs={"type": "tel"}), **options)


class ListedForm(forms.Form):
    """The form of one row. `host` is where the space answers, `author` who types."""

    model: ClassVar[type[Listed]]

    def __init__(self, *args: Any, row: Listed | None = None, author: Any = None, host: str = "", **kwargs: Any):
        self.row, self.author, self.host = row, author, host
        if row is not None:
            kwargs["initial"] = self.initial_of(row)
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the commune."""

    def initial_of(self, row: Listed) -> dict[str, Any]:
        return {name: getattr(row, name) for name in row.TYPED}

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by the names of the model's `TYPED`."""
        return {name: self.cleaned_data[name] for name in self.model.TYPED}

    def kept(self, row: Listed) -> dict[str, Any]:
        """What is kept of a row, by the names of the fields: compared with what was typed."""
        return self.initial_of(row)

    def tell(self, error: ValidationError) -> None:
        """Say what an action refused: at its field, or above the form when it has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, list(errors))
