"""The form of an order, read: what is ticked, and the days that it would buy."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from billing.models import Account
from billing.office.pricing import Choice
from billing.prices import Rhythm, term_of

ALIGNED, TWELVE_MONTHS = "31-12", "12"
SHORTEST = timedelta(days=90)


class ModulesForm(forms.Form):
    """Which modules; those that they need come with them."""

    modules = forms.MultipleChoiceField(
        label=_("Les modules"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choisissez au moins un module."),
            "invalid_choice": _("Un de ces modules n’est plus au catalogue. Choisissez parmi ceux de la page."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modules: Any = self.fields["modules"]
        modules.choices = [(manifest.slug, manifest.label) for manifest in settings.CATALOGUE]

    @property
    def wanted(self) -> frozenset[str]:
        """Of a valid form."""
        return settings.CATALOGUE.closed(self.cleaned_data["modules"])

    @property
    def brought(self) -> list[str]:
        """What comes along though nobody ticked it."""
        missing = self.wanted - set(self.cleaned_data["modules"])
        return [manifest.label for manifest in settings.CATALOGUE.among(missing)]


class OrderForm(ModulesForm):
    rhythm = forms.ChoiceField(
        label=_("Facturer"),
        choices=[(Rhythm.YEARLY.value, _("Par an")), (Rhythm.MONTHLY.value, _("Par mois"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez par an ou par mois."),
            "invalid_choice": _("Choisissez par an ou par mois."),
        },
    )
    ends = forms.ChoiceField(
        label=_("Jusqu’à quand"),
        choices=[
            (ALIGNED, _("Jusqu’au 31 décembre, comme le budget de la commune")),
            (TWELVE_MONTHS, _("Douze mois")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une des deux fins."),
            "invalid_choice": _("Choisissez une des deux fins."),
        },
    )
    moment = forms.ChoiceField(
        label=_("Quand facturer ?"),
        choices=Account.Moment.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez quand la facture arrive."),
            "invalid_choice": _("Choisissez quand la facture arrive."),
        },
    )

    def choice(self, start: date) -> Choice:
        """Of a valid form."""
        said = self.cleaned_data
        return Choice(self.wanted, Rhythm(said["rhythm"]), said["ends"] == ALIGNED, start)


def usual_end(start: date) -> str:
    """To the end of the budget's year, unless hardly anything is left of it."""
    return ALIGNED if term_of(start, aligned=True).days > SHORTEST.days else TWELVE_MONTHS


def defaulted(said: QueryDict, *, modules: frozenset[str], start: date, moment: str, rhythm: str) -> QueryDict:
    """What an address says, filled in where it says nothing; a form that was sent empty stays so."""
    filled = said.copy()
    if "rhythm" not in said and not said.getlist("modules"):
        filled.setlist("modules", sorted(modules))
    if added := [each for each in said.getlist("ajouter") if each in settings.CATALOGUE]:
        filled.setlist("modules", sorted({*filled.getlist("modules"), *modules, *added}))
    usual = {"rhythm": rhythm, "ends": usual_end(start), "moment": moment}
    for name, value in usual.items():
        if name not in said:
            filled[name] = value
    return filled
