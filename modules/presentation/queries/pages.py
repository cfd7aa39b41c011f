"""Pages as residents read them and as the mairie keeps them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery

from modules.presentation.models import FormerSlug, Page, PageVersion

PER_PAGE = 20
MOST_FOUND = 20
ONLINE, DRAFT, CHANGED, DELETED = "en-ligne", "brouillon", "modifiee", "supprimee"
# The tabs of the office, in the order of the work.
TABS = (
    ("", "Toutes"),
    (ONLINE, "En ligne"),
    (CHANGED, "Avec des modifications"),
    (DRAFT, "Brouillons"),
    (DELETED, "Supprimées"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A page with its working copy and what is online of it."""

    page: Page
    working: PageVersion
    online: PageVersion | None

    @property
    def has_changes(self) -> bool:
        """Whether the working copy says something that residents do not read yet."""
        return self.online is None or self.working.changed_at > self.online.published_at  # type: ignore[operator]


def online_page(slug: str) -> PageVersion | None:
    """What is read at this address; of the summary page, its slug is empty."""
    return PageVersion.objects.online().filter(page__slug=slug).select_related("page").defer("vector").first()


def moved_to(slug: str) -> str | None:
    """The address of today for one that a page had, when there is something to read there."""
    former = FormerSlug.objects.filter(slug=slug, page__deleted_at__isnull=True).select_related("page").first()
    if former is None or not PageVersion.objects.online().filter(page=former.page).exists():
        return None
    return former.page.get_absolute_url()


def online_pages() -> tuple[PageVersion | None, list[PageVersion]]:
    """The summary page, then the others in their order, in one statement."""
    rows = PageVersion.objects.online().select_related("page").defer("vector")
    found = list(rows.order_by("page__position", "page__created_at"))
    summary = next((version for version in found if version.page.is_summary), None)
    return summary, [version for version in found if not version.page.is_summary]


def desk_of(key: UUID) -> Desk:
    """Raises Page.DoesNotExist."""
    page = Page.objects.select_related("author", "deleted_by").get(pk=key)
    rows = PageVersion.objects.filter(page=page, ended_at__isnull=True).defer("vector")
    found = {version.published_at is None: version for version in rows.select_related("changed_by", "published_by")}
    return Desk(page, found[True], found.get(False))


def office_rows() -> Any:
    """The working copies, with the date of what is online."""
    online = PageVersion.objects.filter(page=OuterRef("page"), published_at__isnull=False, ended_at__isnull=True)
    rows = PageVersion.objects.working().select_related("page", "changed_by").defer("vector")
    return rows.annotate(online_at=Subquery(online.values("published_at")[:1]))


_STATES = {
    "": Q(page__deleted_at__isnull=True),
    ONLINE: Q(page__deleted_at__isnull=True, online_at__isnull=False),
    CHANGED: Q(page__deleted_at__isnull=True, online_at__isnull=False, changed_at__gt=F("online_at")),
    DRAFT: Q(page__deleted_at__isnull=True, online_at__isnull=True),
    DELETED: Q(page__deleted_at__isnull=False),
}


def office_page(state: str, words: str, number: str | None, held: dict[str, int]) -> "Slice[Any]":
    """A page of the office's list; `held` is what `counts` said, which spares counting again."""
    rows: Any = office_rows().filter(_STATES[state])
    rows = rows.matching(words) if words else rows.order_by("page__position", "page__created_at")
    paginator = Paginator(rows, PER_PAGE)
    if not words:
        paginator.count = held[state]
    return paginator.get_page(number)


def counts() -> dict[str, int]:
    """How many pages in each tab."""
    found = office_rows().aggregate(**{key or "all": Count("pk", filter=each) for key, each in _STATES.items()})
    return {key: found[key or "all"] for key in _STATES}


def found_pages(words: str, *, drafts: bool) -> list[tuple[Any, bool]]:
    """What is online and says these words, best first; with `drafts`, pages that never were online too."""
    online = list(PageVersion.objects.online().select_related("page").defer("vector").matching(words)[:MOST_FOUND])
    found: list[tuple[Any, bool]] = [(version, False) for version in online]
    if drafts:
        rows = office_rows().filter(_STATES[DRAFT]).matching(words)
        found += [(version, True) for version in rows[:MOST_FOUND]]
    return found


def history(page: Page) -> list[PageVersion]:
    """Every version that was online or was set aside, newest first."""
    rows = page.versions.exclude(published_at__isnull=True, ended_at__isnull=True).defer("vector")
    return list(rows.select_related("published_by", "ended_by", "changed_by").order_by("-pk"))
