"""Everything that is kept about one person, in one file of plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.privacy.registry import services


@dataclass(frozen=True, slots=True)
class Part:
    """What one service or module keeps about a person; `purpose` and `keep_months` are a module's."""

    label: str
    records: tuple[PersonalRecord, ...]
    purpose: str = ""
    keep_months: int = 0

    @property
    def counts(self) -> list[tuple[str, int]]:
        kinds = [str(each.kind) for each in self.records]
        return [(kind, kinds.count(kind)) for kind in sorted(set(kinds))]


def parts(user: User) -> list[Part]:
    """Asked of every service and of every module: one that is off still keeps what it had."""
    found = [Part(str(service.label), _ordered(service.tell(user))) for service in services()]
    for manifest in settings.CATALOGUE:
        tell = settings.CATALOGUE.hook(manifest.slug, "personal_data")
        if tell is not None:
            kept = manifest.personal_data
            found.append(Part(manifest.label, _ordered(tell(user)), kept.purpose, kept.keep_months))
    return [part for part in found if part.records]


def export(user: User, *, place: str, zone: str) -> dict[str, Any]:
    """The file's content: the same at every asking, as long as nothing changes."""
    return {
        "à propos": f"Tout ce que {place} garde sur vous dans Beffroi. Les dates sont à l’heure de {zone}.",
        "adresse e-mail": user.email,
        "données": [_said(part, ZoneInfo(zone)) for part in parts(user)],
    }


def _said(part: Part, zone: ZoneInfo) -> dict[str, Any]:
    said: dict[str, Any] = {"service": part.label}
    if part.purpose:
        said["pourquoi"] = part.purpose
    if part.keep_months:
        said["gardé (mois)"] = part.keep_months
    return said | {"contenu": [_record(each, zone) for each in part.records]}


def _record(record: PersonalRecord, zone: ZoneInfo) -> dict[str, Any]:
    said: dict[str, Any] = {"quoi": str(record.kind)}
    if record.when is not None:
        said["quand"] = _plain(record.when, zone)
    return said | {str(name): _plain(value, zone) for name, value in record.content.items()}


def _plain(value: Any, zone: ZoneInfo) -> Any:
    match value:
        case datetime():
            return (
                timezone.localtime(value, zone).strftime("%d/%m/%Y %H:%M") if timezone.is_aware(value) else str(value)
            )
        case date():
            return value.strftime("%d/%m/%Y")
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {str(name): _plain(each, zone) for name, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(each, zone) for each in value]
        case _:
            return str(value)


def _ordered(records: Iterable[PersonalRecord]) -> tuple[PersonalRecord, ...]:
    never = datetime.min.replace(tzinfo=ZoneInfo("UTC"))
    return tuple(sorted(records, key=lambda each: (each.when or never, str(each.kind), str(each.content))))
