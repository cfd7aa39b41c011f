"""Intercommunalities, as the directory of communes tells them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from tenants.directory.folding import fold
from tenants.models import Commune

MOST = 6


@dataclass(frozen=True, slots=True)
class Group:
    """An EPCI and how many communes it has."""

    siren: str
    name: str
    communes: int


def groups_named(typed: str) -> list[Group]:
    """Those whose name has every word typed, or words that begin so; the shortest name first."""
    words = fold(typed).split()
    if not words:
        return []
    rows = Commune.objects.exclude(epci_siren="").order_by().values_list("epci_siren", "epci_name")
    found = (Group(*row) for row in rows.annotate(count=Count("pk")))
    named = [group for group in found if _has(fold(group.name).split(), words)]
    return sorted(named, key=lambda group: (len(group.name), group.name))[:MOST]


def communes_of(siren: str) -> list[Commune]:
    """Its communes, by name; none when no such EPCI is known."""
    return list(Commune.objects.filter(epci_siren=siren).order_by("sort_key", "insee")) if siren else []


def _has(name: Iterable[str], words: Iterable[str]) -> bool:
    name = list(name)
    return all(any(part.startswith(word) for part in name) for word in words)
