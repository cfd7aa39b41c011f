"""Reads that several pages share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.delivery.models import Announcement
from core.media.models import Asset
from core.readership import Readings, readings
from core.territory.models import Area
from core.web.templatetags.web import number
from modules.news.models import ItemState, NewsItem, Revision, Transition

PER_PAGE = 20
# What a row of the office's list shows of an item.
_IN_ROWS = ("title", "theme", "state", "published_at", "publish_at", "updated_at", "expire_at")
LATEST = 20

# The tabs of the office, in the order of the work.
TABS = (
    ("", "Toutes"),
    (ItemState.DRAFT.value, "Brouillons"),
    (ItemState.TO_VALIDATE.value, "À valider"),
    (ItemState.SCHEDULED.value, "Programmées"),
    (ItemState.PUBLISHED.value, "En ligne"),
    (ItemState.EXPIRED.value, "Expirées"),
    (ItemState.ARCHIVED.value, "Archivées"),
    (ItemState.UNPUBLISHED.value, "Retirées"),
)


@dataclass(frozen=True, slots=True)
class InUse:
    """What public items can be narrowed by: how many on each theme, and the areas that they name, by name; and whether
    some are pinned now."""

    themes: Mapping[str, int]
    areas: list[Area]
    pinned: bool


def public_page(theme: str, area: UUID | None, page: str | None, held: InUse) -> "Page[NewsItem]":
    """A page of what is public, what is pinned first; what `in_use` said spares counting."""
    items = NewsItem.objects.visible()
    items = items.filter(theme=theme) if theme else items
    items = items.filter(areas=area) if area else items
    ordered = items.pinned_first() if held.pinned else items.newest_first()
    found = Paginator(ordered.rows(places=bool(held.areas)), PER_PAGE)
    if not area:
        found.count = held.themes.get(theme, 0) if theme else sum(held.themes.values())
    return found.get_page(page)


def archived_page(page: str | None) -> "Page[NewsItem]":
    items = NewsItem.objects.filter(state=ItemState.ARCHIVED)
    return Paginator(items.rows().newest_first(), PER_PAGE).get_page(page)


def in_use() -> InUse:
    """In one statement, and another where an item names an area."""
    public = NewsItem.objects.visible().order_by().values_list("theme")
    sums = {"held": Count("pk", distinct=True), "until": Max("pin_until"), "named": ArrayAgg("areas", distinct=True)}
    rows = list(public.annotate(**sums))
    named = {area for *_, areas in rows for area in areas if area}
    now = timezone.now()
    areas = list(Area.objects.filter(pk__in=named).only("pk", "name")) if named else []
    pinned = any(until and until > now for *_, until, _areas in rows)
    return InUse({theme: count for theme, count, *_ in rows}, areas, pinned)


def office_page(items: Any, page: str | None, count: int | None = None) -> "Page[NewsItem]":
    """A page of the office's list; `count`, when it is known, spares counting again."""
    paginator = Paginator(items.with_places().only(*_IN_ROWS), PER_PAGE)
    if count is not None:
        paginator.count = count
    return paginator.get_page(page)


def counts(items: Any) -> dict[str, int]:
    """How many of these in each state, and in all under the empty key."""
    found = dict(items.order_by().values_list("state").annotate(Count("pk")))
    return {**found, "": sum(found.values())}


def history(item: NewsItem) -> list[Transition]:
    """The latest steps it went through, with who decided."""
    return list(item.transitions.select_related("author")[:LATEST])


def returned(item: NewsItem) -> Transition | None:
    """The step that gave a draft back, when it was the last."""
    last = item.transitions.select_related("author").first() if item.is_draft else None
    return last if last and last.before == ItemState.TO_VALIDATE else None


def was_told(item: NewsItem) -> Announcement | None:
    """How many were told of it, when some were."""
    return Announcement.objects.filter(topic="news", key=item.pk).first()


def reading_words(sums: Readings) -> str:
    """« lue 120 fois : 80 dans l’application, 40 par e-mail »."""
    if not sums.total:
        return _("pas encore lue")
    total = _("lue %(count)s fois") % {"count": number(sums.total)}
    ways = sorted(sums.by_channel.items(), key=lambda way: -way[1])
    told = ", ".join(f"{number(count)} {channel.label}" for channel, count in ways)
    return f"{total} : {told}"


def office_line(item: NewsItem, read: int) -> str:
    """« Travaux · Le Port · publiée le 3 juin · lue 120 fois »: one line of the mairie's list."""
    told = [str(item.look.label), *item.places, item.situation]
    if item.published_at:
        told.append(_("lue %(count)s fois") % {"count": number(read)})
    return " · ".join(told)


def readings_of_all() -> list[tuple[NewsItem, Readings]]:
    """Every item that was public with its sums, the newest first."""
    items = list(NewsItem.objects.exclude(published_at=None).defer("body", "vector").newest_first())
    sums = readings("news", [item.pk for item in items])
    return [(item, sums[item.pk]) for item in items]


def versions(item: NewsItem) -> list[Revision]:
    """Every version that is kept, the last first, without its text."""
    return list(item.revisions.select_related("author").defer("body"))


def files_ever(item: NewsItem) -> list[Asset]:
    """Its files, and those that a version of it names: what its form may name."""
    named = {each["id"] for files in item.revisions.values_list("files", flat=True) for each in files}
    return list(Asset.objects.filter(pk__in=named | {str(asset.pk) for asset in item.assets}))


def is_in_a_version(asset_id: UUID) -> bool:
    return Revision.objects.filter(files__contains=[{"id": str(asset_id)}]).exists()


def ready_files(item: NewsItem) -> list[Asset]:
    """Those that can be read now."""
    return [asset for asset in item.assets if asset.is_ready and asset.main_url]


def file_type(asset: Asset) -> str:
    """What the file is, as MIME says it."""
    return str(asset.main["type"]) if asset.main else "image/jpeg"


def file_bytes(asset: Asset) -> int:
    """What the file at its main address weighs."""
    return asset.weight or (int(asset.pictures()[-1]["bytes"]) if asset.pictures() else 0)
