"""Loading the directory: a copy into a temporary table, then one insert-or-update. Nothing to do the second time."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from tenants.directory.folding import fold
from tenants.directory.kinds import kind_of
from tenants.directory.slugs import assign_slugs
from tenants.directory.source import CommuneRow, communes, contours, edition
from tenants.models import DirectoryVersion

_COLUMNS = """insee name folded sort_key slug departement region population siren postal_codes epci_siren epci_name
latitude longitude kind"""
_FIELDS = tuple(_COLUMNS.split())


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many rows were written; zeros when this edition was there already."""

    communes: int
    contours: int


@transaction.atomic
def load() -> LoadReport:
    """Bring the directory to the edition in the repository. Official addresses already known are kept."""
    wanted = edition()
    if DirectoryVersion.objects.filter(sha256=wanted).exists():
        return LoadReport(0, 0)
    report = LoadReport(_load_communes(), _load_contours())
    DirectoryVersion.objects.all().delete()
    DirectoryVersion.objects.create(sha256=wanted)
    return report


def _load_communes() -> int:
    rows = list(communes())
    slugs = assign_slugs((row.insee, row.name, row.departement) for row in rows)
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


def _load_contours() -> int:
    with connection.cursor() as cursor:
        cursor.execute("create temporary table outlines (insee text, polyline text) on commit drop")
        count = 0
        with cursor.copy("copy outlines (insee, polyline) from stdin") as copy:
            for insee, polyline in contours():
                copy.write_row((insee, polyline))
                count += 1
        cursor.execute(
            "insert into public.tenants_communecontour (commune_id, polyline) "
            "select insee, polyline from outlines join public.tenants_commune using (insee) "
            "on conflict (commune_id) do update set polyline = excluded.polyline"
        )
    return count
