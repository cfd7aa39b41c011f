"""Reads that several pages share."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from modules.news.models import ItemState, NewsItem, Publication

PER_PAGE = 20
LATEST = 10

# The tabs of the office, in the order of the work.
TABS = (
    ("", "Toutes"),
    (ItemState.DRAFT.value, "Brouillons"),
    (ItemState.SCHEDULED.value, "Programmées"),
    (ItemState.PUBLISHED.value, "En ligne"),
    (ItemState.UNPUBLISHED.value, "Retirées"),
)


def public_page(theme: str, number: str | None) -> "Page[NewsItem]":
    items = NewsItem.objects.visible().rows().newest_first()
    return Paginator(items.filter(theme=theme) if theme else items, PER_PAGE).get_page(number)


def office_page(state: str, words: str, number: str | None, held: Mapping[str, int]) -> "Page[NewsItem]":
    """A page of the office's list; `held` is what `counts` said, which spares counting again."""
    items: Any = NewsItem.objects.all()
    items = items.matching(words) if words else items.order_by("-updated_at", "-pk")
    paginator = Paginator((items.filter(state=state) if state else items).rows(), PER_PAGE)
    if not words:
        paginator.count = held.get(state, 0)
    return paginator.get_page(number)


def counts() -> dict[str, int]:
    """How many items in each state, and in all under the empty key."""
    found = dict(NewsItem.objects.order_by().values_list("state").annotate(Count("pk")))
    return {**found, "": sum(found.values())}


def themes_in_use() -> set[str]:
    return set(NewsItem.objects.visible().order_by().values_list("theme", flat=True).distinct())


def history(item: NewsItem) -> list[Publication]:
    """The latest periods in which it was public, with who decided."""
    return list(item.publications.select_related("author", "ended_by").order_by("-published_at")[:LATEST])
