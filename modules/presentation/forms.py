"""What an editor may type about the commune."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modules.presentation.actions import TOO_MANY_LINKS, Content, Link
from modules.presentation.models import MOST_LINKS, CommunePage
from modules.presentation.queries import links_of

# Three figures at least, as in 112, and the signs written between them.
_PHONE = r"^\+?[\s./()-]*(?:[0-9][\s./()-]*){3,}$"
_ROWS_LOST = _("Les liens n’ont pas été reçus : les voici tels qu’ils sont enregistrés.")


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


class LinkForm(forms.Form):
    label = forms.CharField(label=_("Intitulé"), max_length=80, required=False)
    url = forms.URLField(
        label=_("Adresse web"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"invalid": _("Écrivez une adresse web, comme https://www.exemple.fr.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned.get("url") and not cleaned.get("label"):
            self.add_error("label", _("Donnez un intitulé à ce lien."))
        if cleaned.get("label") and not cleaned.get("url"):
            self.add_error("url", _("Indiquez l’adresse de ce lien, ou effacez son intitulé."))
        return cleaned


class LinkRows(forms.BaseFormSet):  # type: ignore[type-arg]
    @property
    def links(self) -> list[Link]:
        """The rows that are filled, in their order."""
        rows = (form.cleaned_data for form in self.forms)
        return [Link(row["label"], row["url"]) for row in rows if row.get("url")]


_LinkFormSet: Any = forms.formset_factory(
    LinkForm, formset=LinkRows, extra=3, max_num=MOST_LINKS, absolute_max=MOST_LINKS, validate_max=True
)


def link_rows(data: Any = None, initial: Any = None) -> LinkRows:
    """The rows of links: those sent, or those of the page."""
    messages = {"too_many_forms": TOO_MANY_LINKS, "missing_management_form": _ROWS_LOST}
    rows: LinkRows = _LinkFormSet(data, initial=initial, prefix="links", error_messages=messages)
    return rows


def initial(page: CommunePage) -> dict[str, Any]:
    return {name: getattr(page, name) for name in PageForm.base_fields}


def initial_links(page: CommunePage) -> list[dict[str, str]]:
    return [{"label": link.label, "url": link.url} for link in links_of(page)]
