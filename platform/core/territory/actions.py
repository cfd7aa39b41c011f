"""Drawing and closing areas, taking in addresses: each with its line in the journal."""

from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.audit.actions import record
from core.tenancy.here import current
from core.tenancy.keys import uuid7
from core.tenancy.registry import registry
from core.tenancy.uniqueness import refuse_taken
from core.territory.ban import MOST_FLAWS, BanFile, Row, Unreadable
from core.territory.flaws import worded
from core.territory.geometry import Box, FlawedRing, Ring, closed_ring
from core.territory.models import Address, AddressImport, Area
from core.territory.queries import Finder, areas, contour_box, fold, smallest_first
from core.web.meanwhile import heard

_NAME_TAKEN = gettext_lazy("Une zone porte déjà ce nom.")
_INCOMING = """
create temporary table territory_incoming (
  id uuid, ban_id text, number integer, suffix text, street text, postal_code text, latitude float8, longitude float8,
  folded text, area_id uuid
) on commit drop
"""
_COLUMNS = "id, ban_id, number, suffix, street, postal_code, latitude, longitude, folded, area_id"
_KEPT = _COLUMNS.split(", ")[2:]
_UPSERT = f"""
insert into territory_address as a ({_COLUMNS}) select {_COLUMNS} from pg_temp.territory_incoming
on conflict (ban_id) do update set {", ".join(f"{name} = excluded.{name}" for name in _KEPT)}
where ({", ".join(f"a.{name}" for name in _KEPT)}) is distinct from ({", ".join(f"excluded.{name}" for name in _KEPT)})
"""  # noqa: S608 - our own column names
_GONE = (
    "select id from territory_address a "
    "where not exists (select from pg_temp.territory_incoming i where i.ban_id = a.ban_id)"
)
_MOVE = (
    "update territory_address a set area_id = m.area from unnest(%s::uuid[], %s::uuid[]) as m (id, area) "
    "where a.id = m.id"
)


@transaction.atomic
def draw_area(
    area: Area | None,
    *,
    name: str,
    kind: str,
    outline: Ring,
    author: User,
    key: UUID | None = None,
    read: str | None = None,
) -> Area:
    """Keep an area (a new one when None, under `key`) and place the addresses anew.

    `read` is the digest of its `state` as it was read. Raises ChangedMeanwhile and ValidationError, changing nothing.
    """
    try:
        ring = closed_ring(outline)
    except FlawedRing as refusal:
        raise ValidationError({"outline": worded(refusal)}) from refusal
    key = area.pk if area else key or uuid7()
    author.take_turn()
    known = Area.objects.select_for_update().filter(pk=key).first()
    if known is not None:
        if heard(state(known), _state(name, kind, ring), read if area else "", known):
            return known
        area = known
    if areas().exclude(pk=key).filter(name__iexact=name).exists():
        raise ValidationError({"name": _NAME_TAKEN})
    before = area.box if area else None
    verb = "territory.area_changed"
    if area is None:
        verb = "territory.area_drawn"
        area = Area(pk=key, author=author.email)
    area.name, area.kind = name, kind
    _outline(area, ring)
    with refuse_taken("one_area_in_use_of_a_name", name=_NAME_TAKEN):
        area.save()
    _place_addresses(area, before)
    record(verb, target=area.name, author=author)
    return area


def _outline(area: Area, ring: Ring) -> None:
    box = Box.around(ring)
    assert box is not None
    area.polygon = [ring]
    area.south, area.west, area.north, area.east = box.south, box.west, box.north, box.east


def state(area: Area) -> Any:
    """What `draw_area` keeps of an area, to be compared: the outline to a tenth of a metre, as forms write it."""
    return _state(area.name, area.kind, area.rings[0])


def _state(name: str, kind: str, ring: Ring) -> Any:
    return [name, str(kind), [f"{latitude:.6f}, {longitude:.6f}" for latitude, longitude in ring]]


@transaction.atomic
def close_area(area: Area, *, author: User) -> None:
    """It is offered no more; what points at it keeps it, and its addresses fall to the areas that remain. Closed
    already, it stays as it is."""
    if area.closed_at:
        return
    area.closed_at, area.closed_by = timezone.now(), author.email
    area.save(update_fields=["closed_at", "closed_by"])
    _place_addresses(area, None)
    record("territory.area_closed", target=area.name, author=author)


@transaction.atomic
def import_addresses(stream: IO[bytes], *, file_name: str, author: User) -> AddressImport:
    """Make the commune's addresses those of a file: new ones added, known ones updated, the others removed.

    All or nothing. Raises ValidationError with a sentence for each of the first ten faults.
    """
    insee = registry().locality(current().schema_name).insee
    file = BanFile(stream, insee, contour_box())
    finder = smallest_first(areas())  # before the copy: nothing can be asked during it
    kept = 0
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.territory_incoming")
        cursor.execute(_INCOMING)
        try:
            with cursor.copy(f"copy pg_temp.territory_incoming ({_COLUMNS}) from stdin") as copy:
                for values in _copied(file, finder):
                    copy.write_row(values)
                    kept += 1
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        _refuse_faults(file, kept, insee)
        cursor.execute("lock table territory_address in share row exclusive mode")
        cursor.execute(_UPSERT)
        cursor.execute(_GONE)
        gone = [key for (key,) in cursor.fetchall()]
        cursor.execute("drop table pg_temp.territory_incoming")
    Address.objects.filter(pk__in=gone).delete()
    record("territory.addresses_imported", target=file_name, author=author, kept=kept, gone=len(gone))
    return AddressImport.objects.create(
        file_name=file_name[:120],
        rows_read=file.read,
        rows_kept=kept,
        rows_refused=file.elsewhere + file.doubles,
        rows_gone=len(gone),
        author=author.email,
    )


def folded_address(row: Row) -> str:
    """What a search looks in: every word has a space on both sides."""
    return f" {fold(f'{row.number} {row.suffix} {row.street}')} "[:240]


def _copied(file: BanFile, finder: Finder) -> Iterator[tuple[Any, ...]]:
    for row in file:
        area = finder.at(row.latitude, row.longitude)
        yield (uuid7(), row.ban_id, row.number, row.suffix, row.street, row.postal_code, row.latitude, row.longitude,
               folded_address(row), area.pk if area else None)  # fmt: skip


def _refuse_faults(file: BanFile, kept: int, insee: str) -> None:
    if file.flaws:
        stopped = len(file.flaws) >= MOST_FLAWS
        more = [_("La lecture s’est arrêtée à la dixième erreur.")] if stopped else []
        raise ValidationError([*file.flaws, *more])
    if not kept and file.elsewhere:
        found = ", ".join(sorted(file.insees))[:80]
        raise ValidationError(
            _("Ce fichier est celui d’une autre commune : il porte le code INSEE %(found)s, le vôtre est %(insee)s.")
            % {"found": found, "insee": insee}
        )
    if not kept:
        raise ValidationError(_("Ce fichier ne contient aucune adresse."))


def _place_addresses(area: Area, before: Box | None) -> None:
    """Say anew which area holds the addresses that a change of this one may move."""
    touched = Q(area=area)
    for box in (area.box, before):
        if box:
            touched |= Q(
                latitude__range=(box.south, box.north),
                longitude__range=(box.west, box.east),
            )
    finder = smallest_first(areas())
    moved: dict[Any, Any] = {}
    for key, latitude, longitude, known in Address.objects.filter(touched).values_list(
        "pk", "latitude", "longitude", "area"
    ):
        found = finder.at(latitude, longitude)
        if (found.pk if found else None) != known:
            moved[key] = found.pk if found else None
    if moved:
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [list(moved), list(moved.values())])
