"""What a module that the commune does not have would cost, where modules are switched."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from billing.office.here import ours_of
from billing.prices import Rhythm
from billing.queries.books import NoPrices, book_in_force
from billing.queries.days import local_today
from billing.queries.showing import single
from billing.queries.terms import current_term


@dataclass(frozen=True, slots=True)
class Priced:
    """`url` leads to where it is added, empty for who may not."""

    cents: int
    is_monthly: bool
    url: str


def prices_of(request: HttpRequest) -> dict[str, Priced]:
    """By slug, at the term's own prices and population where one runs."""
    ours = ours_of(request)
    if ours is None:
        return {}
    commune = ours.subscription.commune
    term = current_term(ours.subscription, local_today(commune))
    try:
        book = term.book.book if term else book_in_force()
    except NoPrices:
        return {}
    population = term.population if term else commune.population
    rhythm = Rhythm(term.rhythm) if term else Rhythm.YEARLY
    user: Any = request.user
    may = user.has_perm("billing.order") and not ours.group
    route = reverse("billing:change" if term else "billing:order") if may else ""
    found = {}
    for manifest in settings.CATALOGUE:
        cents = single(book, population, manifest, rhythm)
        if cents is not None:
            url = f"{route}?ajouter={manifest.slug}" if route else ""
            found[manifest.slug] = Priced(cents, rhythm is Rhythm.MONTHLY, url)
    return found
