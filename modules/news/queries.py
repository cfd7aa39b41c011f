"""Reads that several pages share."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from modules.news.models import ItemState, NewsItem, NewsItems

PER_PAGE = 20

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
    return _page(items.filter(theme=theme) if theme else items, number)


def office_page(state: str, words: str, number: str | None) -> "Page[NewsItem]":
    items: Any = NewsItem.objects.all()
    items = items.matching(words) if words else items.order_by("-updated_at", "-pk")
    return _page((items.filter(state=state) if state else items).rows(), number)


def counts() -> dict[str, int]:
    """How many items in each state, and in all under the empty key."""
    found = dict(NewsItem.objects.order_by().values_list("state").annotate(Count("pk")))
    return {**found, "": sum(found.values())}


def themes_in_use() -> set[str]:
    return set(NewsItem.objects.visible().order_by().values_list("theme", flat=True).distinct())


def _page(items: NewsItems, number: str | None) -> "Page[NewsItem]":
    return Paginator(items, PER_PAGE).get_page(number)
