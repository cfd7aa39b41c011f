"""What an editor may type about the commune."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modules.presentation.actions.page import Content
from modules.presentation.models import CommunePage

# Three figures at least, as in 112, and the signs written between them.
_PHONE = r"^\+?[\s./()-]*(?:[0-9][\s./()-]*){3,}$"


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
    address = forms.CharField(
        label=_("Adresse de la mairie"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.RegexField(
        _PHONE,
        label=_("Téléphone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={"invalid": _("Écrivez un numéro seul, comme 04 00 00 00 00.")},
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Écrivez une adresse complète, comme mairie@exemple.fr.")},
    )
    opening_hours = forms.CharField(
        label=_("Horaires d’ouverture"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Une ligne par jour : « Jeudi : 14 h à 17 h »."),
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
