"""The form of an offer, read: whose it is, what is ticked, what it costs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict

from billing.offers.apart import Apart, set_apart
from billing.offers.drafting import Asked, first_day
from billing.offers.forms import ALIGNED, ChoiceForm
from billing.prices import Rhythm
from billing.queries.days import local_today
from tenants.models import Commune


@dataclass(frozen=True, slots=True)
class Buying:
    """Who would pay, and for which communes: one for itself, or an EPCI of the directory for several."""

    communes: tuple[Commune, ...]
    siren: str = ""
    name: str = ""

    @property
    def is_group(self) -> bool:
        return bool(self.siren)

    @property
    def today(self) -> date:
        return local_today(self.communes[0])

    def apart(self, said: QueryDict) -> Apart:
        """Those of a group that do not take the common choice."""
        return set_apart(said, self.communes) if self.is_group else {}

    def about(self, said: QueryDict) -> dict[str, Any]:
        """What a form has to know."""
        return {
            "catalogue": settings.CATALOGUE,
            "today": self.today,
            "communes": self.communes,
            "apart": self.apart(said),
        }


def usual() -> list[str]:
    """What is ticked before anybody chose: the modules that suit every commune, else all."""
    everybodys = settings.CATALOGUE.closed(each.slug for each in settings.CATALOGUE if not each.proposal.wants)
    return sorted(everybodys or settings.CATALOGUE.slugs)


def defaulted(said: QueryDict) -> QueryDict:
    """What an address says, filled in with what is usual where it says nothing."""
    filled = said.copy()
    if not filled.getlist("modules"):
        filled.setlist("modules", usual())
    for name, value in (("rhythm", Rhythm.YEARLY.value), ("ends", ALIGNED)):
        if not filled.get(name):
            filled[name] = value
    return filled


def values(said: QueryDict) -> dict[str, Any]:
    """As a form shows them before it is sent."""
    return {name: said.get(name, "") for name in ("rhythm", "ends", "start", "name", "capacity", "email")}


def asked(form: ChoiceForm) -> Asked:
    """Of a valid form."""
    wanted = form.cleaned_data["wanted"]
    return Asked(
        wanted=wanted,
        rhythm=Rhythm(form.cleaned_data["rhythm"]),
        aligned=form.is_aligned,
        start=first_day(tuple(wanted), form.cleaned_data["start"], aligned=form.is_aligned),
    )
