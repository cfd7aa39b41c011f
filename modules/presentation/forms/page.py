"""What an editor may type about the commune."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modules.presentation.actions.page import Content
from modules.presentation.models import CommunePage


class PageForm(forms.Form):
    """The page's words; `version` is the one the editor read."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Titre de la page"), max_length=100)
    introduction = forms.CharField(
        label=_("Introduction"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Commencée d’après les données publiques : complétez-la avec vos mots."),
    )
    history = forms.CharField(
        label=_("Histoire"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Une ligne vide sépare deux paragraphes."),
    )

    @property
    def content(self) -> Content:
        return Content(**{name: value for name, value in self.cleaned_data.items() if name != "version"})

    def tell(self, error: ValidationError) -> None:
        """Say what an action refused: at its field, or above the form when it has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, list(errors))

    @property
    def version_read(self) -> int:
        """0, which no page has, when what was sent is no version."""
        return self.cleaned_data.get("version") or 0


def initial(page: CommunePage) -> dict[str, Any]:
    return {name: getattr(page, name) for name in PageForm.base_fields}
