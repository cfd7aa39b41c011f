"""Loading the directory: a copy into a temporary table, then one insert-or-update. Nothing to do the second time."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from tenants.directory.folding import fold
from tenants.directory.kinds import kind_of
from tenants.directory.slugs import assign_slugs
from tenants.directory.source import COMMUNES, CONTOURS, CommuneRow, communes, contours, edition
from tenants.models import Commune, CommuneContour, DirectoryVersion, Space

_COLUMNS = """insee name folded sort_key slug departement region population siren postal_codes epci_siren epci_name
latitude longitude kind"""
_FIELDS = tuple(_COLUMNS.split())


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many rows were written; zeros when this edition was there already."""

    communes: int
    contours: int


@transaction.atomic
def load(communes_file: Path = COMMUNES, contours_file: Path = CONTOURS) -> LoadReport:
    """Bring the directory to the edition in the repository. Official addresses already known are kept.

    A commune that is in it no more (merged with another) goes, unless something points at it: a space, a payer, a
    demand. It then stays as it was. Whoever has a space keeps its address, whatever the newcomers are called.
    """
    wanted = edition(communes_file, contours_file)
    if DirectoryVersion.objects.filter(sha256=wanted).exists():
        return LoadReport(0, 0)
    report = LoadReport(_load_communes(communes_file), _load_contours(contours_file))
    DirectoryVersion.objects.all().delete()
    DirectoryVersion.objects.create(sha256=wanted)
    return report


def _load_communes(file: Path) -> int:
    rows = list(communes(file))
    gone = _forget_the_merged({row.insee for row in rows})
    kept = dict(Space.objects.exclude(commune=None).values_list("commune_id", "commune__slug"))
    chosen = Space.objects.exclude(custom_name=None).values_list("custom_name", flat=True)
    names = ((row.insee, row.name, row.departement) for row in rows)
    slugs = assign_slugs(names, kept=kept, taken={*chosen, *gone.values()})
    columns = ", ".join(_FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table incoming (like public.tenants_commune including defaults) on commit drop"
        )
        cursor.execute("alter table incoming alter official_email drop not null, alter official_phone drop not null")
        with cursor.copy(f"copy incoming ({columns}) from stdin") as copy:
            for row in rows:
                copy.write_row(_columns_of(row, slugs[row.insee]))
        # Two communes may exchange their slugs: each lets go of its own before any takes another's.
        cursor.execute(
            "update public.tenants_commune as held set slug = '_' || held.insee from incoming "
            "where incoming.insee = held.insee and incoming.slug <> held.slug"
        )
        updates = ", ".join(f"{name} = excluded.{name}" for name in _FIELDS if name != "insee")
        cursor.execute(
            f"insert into public.tenants_commune ({columns}, official_email, official_phone) "  # noqa: S608 - own names
            f"select {columns}, '', '' from incoming on conflict (insee) do update set {updates}"
        )
    return len(rows)


def _forget_the_merged(known: set[str]) -> dict[str, str]:
    """Remove the communes that an edition has no more, but those that something points at: these, with their slugs."""
    gone = {insee: slug for insee, slug in Commune.objects.values_list("insee", "slug") if insee not in known}
    pointed_at = set[str]()
    for link in Commune._meta.related_objects:
        if link.related_model is not CommuneContour:
            rows: Any = link.related_model
            name = link.field.attname
            pointed_at |= set(rows._base_manager.filter(**{f"{name}__in": gone}).values_list(name, flat=True))
    Commune.objects.filter(pk__in=gone.keys() - pointed_at).delete()
    return {insee: slug for insee, slug in gone.items() if insee in pointed_at}


def _columns_of(row: CommuneRow, slug: str) -> tuple[Any, ...]:
    """In the order of _FIELDS."""
    folded = fold(row.name)
    return (
        row.insee,
        row.name,
        folded,
        folded,
        slug,
        row.departement,
        row.region,
        row.population,
        row.siren,
        list(row.postal_codes),
        row.epci_siren,
        row.epci_name,
        row.latitude,
        row.longitude,
        kind_of(row),
    )


def _load_contours(file: Path) -> int:
    with connection.cursor() as cursor:
        cursor.execute("create temporary table outlines (insee text, polyline text) on commit drop")
        count = 0
        with cursor.copy("copy outlines (insee, polyline) from stdin") as copy:
            for insee, polyline in contours(file):
                copy.write_row((insee, polyline))
                count += 1
        cursor.execute(
            "insert into public.tenants_communecontour (commune_id, polyline) "
            "select insee, polyline from outlines join public.tenants_commune using (insee) "
            "on conflict (commune_id) do update set polyline = excluded.polyline"
        )
    return count
