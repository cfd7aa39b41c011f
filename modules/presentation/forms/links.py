"""The rows of links."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.presentation.actions.links import TOO_MANY_LINKS, Link
from modules.presentation.models import MOST_LINKS, CommunePage
from modules.presentation.queries.links import links_of

_ROWS_LOST = _("Les liens n’ont pas été reçus : les voici tels qu’ils sont enregistrés.")


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


def initial_links(page: CommunePage) -> list[dict[str, str]]:
    return [{"label": link.label, "url": link.url} for link in links_of(page)]
