"""How a page is named, and how their list is narrowed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from modules.presentation.actions.pages import RESERVED, SLUG_TAKEN, Heading
from modules.presentation.models import Page
from modules.presentation.queries.pages import TABS


class HeadingForm(forms.Form):
    title = forms.CharField(
        label=_("Titre"),
        max_length=100,
        help_text=_("Court et clair : « Histoire de la commune », « La salle des fêtes »."),
    )
    summary = forms.CharField(
        label=_("Résumé"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une phrase, sous le titre et dans la liste des pages."),
    )
    slug = forms.SlugField(
        label=_("Adresse de la page"),
        max_length=60,
        required=False,
        help_text=_("Ce qui suit /commune/ : en minuscules, sans accent. L’ancienne adresse mènera à la nouvelle."),
        error_messages={"invalid": _("Des lettres sans accent, des chiffres et des tirets, comme « notre-histoire ».")},
    )

    def __init__(self, *args: Any, page: Page | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        if page and page.is_summary:
            del self.fields["slug"]
        if page is None:
            self.fields["slug"].help_text = _("Laissez vide : elle sera faite du titre.")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug and (slug in RESERVED or _leads_elsewhere(slug)):
            raise ValidationError(SLUG_TAKEN, code="reserved")
        return slug

    @property
    def heading(self) -> Heading:
        said = self.cleaned_data
        return Heading(said["title"], said["summary"], said.get("slug", ""))

    def tell(self, error: ValidationError) -> None:
        """Say what an action refused: at its field, or above the form when it has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, list(errors))


def _leads_elsewhere(slug: str) -> bool:
    """Whether another page of the module has this address."""
    try:
        return resolve(f"/commune/{slug}/").url_name != "detail"
    except Resolver404:
        return False


class Tab(forms.Form):
    """How the office's list is narrowed; what is not understood is left out."""

    etat = forms.ChoiceField(choices=[each for each in TABS if each[0]], required=False)
    q = forms.CharField(max_length=100, required=False)

    @property
    def state(self) -> str:
        return self._kept("etat")

    @property
    def words(self) -> str:
        return self._kept("q")

    def _kept(self, name: str) -> str:
        return "" if name in self.errors else self.cleaned_data.get(name, "")
