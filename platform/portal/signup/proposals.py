"""Which modules suit a mairie, by what their manifests say."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.catalogue import Catalogue, Manifest, Want


@dataclass(frozen=True, slots=True)
class Choice:
    """A module of the page where modules are chosen; `needs` are the labels of those that come with it."""

    manifest: Manifest
    proposed: bool
    needs: tuple[str, ...]


def suits(manifest: Manifest, *, want: str, team: int, hours: int) -> bool:
    """Whether a module is for a mairie of this size that wants this first; no `wants` means whatever it wants."""
    proposal = manifest.proposal
    wanted = not proposal.wants or Want(want) in proposal.wants
    return wanted and team >= proposal.minimum_team and hours >= proposal.minimum_hours


def choices(catalogue: Catalogue, *, want: str, team: int, hours: int) -> list[Choice]:
    """Every module: first those proposed, and among them those that answer exactly what is wanted."""
    suited = {each.slug for each in catalogue if suits(each, want=want, team=team, hours=hours)}
    proposed = catalogue.closed(suited)
    rows = [Choice(each, each.slug in proposed, labels(catalogue, catalogue.needs(each.slug))) for each in catalogue]
    return sorted(rows, key=lambda row: (not row.proposed, Want(want) not in row.manifest.proposal.wants))


def labels(catalogue: Catalogue, slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(manifest.label for manifest in catalogue.among(slugs))
