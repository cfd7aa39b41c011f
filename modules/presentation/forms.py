"""What an editor may type about the commune."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.presentation.actions import Content, Link
from modules.presentation.models import MOST_LINKS, CommunePage


class PageForm(forms.Form):
    """The page's words; `version` is the one the editor read."""

    version = forms.IntegerField(min_value=1, initial=1, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Titre de la page"), max_length=100)
    introduction = forms.CharField(
        label=_("Introduction"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Écrite d’après les données publiques. Complétez-la avec vos mots."),
    )
    address = forms.CharField(
        label=_("Adresse de la mairie"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.CharField(
        label=_("Téléphone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("Adresse e-mail"), required=False)
    opening_hours = forms.CharField(
        label=_("Horaires d’ouverture"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Une ligne par jour : « Jeudi : 14 h à 17 h »."),
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


class LinkForm(forms.Form):
    label = forms.CharField(label=_("Intitulé"), max_length=80, required=False)
    url = forms.URLField(
        label=_("Adresse web"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
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


LinkFormSet: Any = forms.formset_factory(
    LinkForm, formset=LinkRows, extra=3, max_num=MOST_LINKS, absolute_max=MOST_LINKS, validate_max=True
)


def initial(page: CommunePage) -> dict[str, Any]:
    return {name: getattr(page, name) for name in PageForm.base_fields}


def initial_links(page: CommunePage) -> list[dict[str, str]]:
    links = [] if page._state.adding else page.links.all()
    return [{"label": link.label, "url": link.url} for link in links]
