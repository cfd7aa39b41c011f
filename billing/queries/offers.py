"""What a quote offers, frozen with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.models import Quote
from billing.papers import QuotePaper
from billing.papers.frozen import Frozen
from billing.prices import Rhythm
from core.web.french import of_commune
from tenants.models import Commune

# The modules, as slugs, that each commune would take.
Wanted = Mapping[Commune, Collection[str]]


@dataclass(frozen=True, slots=True)
class Buyer(Frozen):
    """Who would pay: the commune of `insee` for itself, or a group (`insee` empty) known by its SIREN."""

    name: str
    departement: str
    insee: str = ""
    siren: str = ""
    siret: str = ""
    service_code: str = ""
    engagement: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""

    @property
    def is_group(self) -> bool:
        return not self.insee

    @classmethod
    def commune(cls, commune: Commune, **known: Any) -> "Buyer":
        """A commune that pays for itself, as the directory knows it; `known` says more."""
        facts: dict[str, Any] = {
            "name": f"Commune {of_commune(commune.name)}",
            "departement": commune.departement,
            "insee": commune.insee,
            "siren": commune.siren,
            "postal_code": commune.postal_codes[0] if commune.postal_codes else "",
            "city": commune.name,
        }
        return cls(**{**facts, **{name: value for name, value in known.items() if value}})


@dataclass(frozen=True, slots=True)
class Contact(Frozen):
    """Who asks for a quote, and reads it."""

    name: str
    capacity: str
    email: str


@dataclass(frozen=True, slots=True)
class Offered(Frozen):
    """A commune that is offered to, with the population that counts.

    `modules` are slugs, with all that they need; none of them when only SMS are bought.
    """

    insee: str
    name: str
    departement: str
    population: int | None
    net: int
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SmsOffered(Frozen):
    """So many packs of SMS; `cents` is one pack's."""

    key: str
    count: int
    segments: int
    cents: int


@dataclass(frozen=True, slots=True)
class Offer(Frozen):
    """All that a quote says. Without `start`, what is bought begins on the day that the order is accepted."""

    buyer: Buyer
    contact: Contact
    communes: tuple[Offered, ...]
    rhythm: Rhythm
    aligned: bool
    start: date | None
    moment: str
    sms: tuple[SmsOffered, ...]
    paper: QuotePaper


def offer_of(quote: Quote) -> Offer:
    return Offer.of(quote.content)
