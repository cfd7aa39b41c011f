"""Changing modules within a term, at a price that was shown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from billing.actions.entitling import entitle
from billing.actions.invoicing import invoice_term
from billing.actions.planning import advance_soon
from billing.models import Choice, Subscription, Term
from billing.prices import Price, Rhythm, vat_of, vat_rate
from billing.queries.days import local_today
from billing.queries.owing import Bought, Chosen, Rest, owed, rest
from billing.queries.pricing import price_at
from billing.queries.terms import bought, current_term, modules_on
from core.audit.actions import record
from core.tenancy.context import enter

DAY = timedelta(days=1)


class NoTerm(Exception):
    """Nothing was ordered for this day: there is nothing to change."""


class PriceMoved(Exception):
    """The difference is no longer the one that was shown; `now` is what it is."""

    def __init__(self, now: "Difference") -> None:
        super().__init__(str(now.now_net))
        self.now = now


class Needed(Exception):
    """Modules that are kept need what would be taken away, by slug: `by` says which need which."""

    def __init__(self, by: dict[str, frozenset[str]]) -> None:
        super().__init__(", ".join(sorted(by)))
        self.by = by


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change makes for the term's rest: `now_net` is more (or less) to pay from `since` to `until`, in all.

    `before` and `after` are listed prices of a whole month or year. `added` and `removed` are slugs.
    """

    before: Price
    after: Price
    since: date
    until: date
    now_net: int
    now_vat: int
    added: frozenset[str]
    removed: frozenset[str]
    lines: tuple[Rest, ...]

    @property
    def now_total(self) -> int:
        return self.now_net + self.now_vat


def difference(subscription: Subscription, modules: Iterable[str], on: date | None = None) -> Difference:
    """What it would change to use these modules, and all that they need, from a day on. Raises NoTerm, Unpriced."""
    day = on or local_today(subscription.commune)
    return _difference(_term(subscription, day), settings.CATALOGUE.closed(modules), day)


def _term(subscription: Subscription, day: date) -> Term:
    found = current_term(subscription, day)
    if found is None:
        raise NoTerm(str(day))
    return found


def _difference(term: Term, wanted: frozenset[str], day: date) -> Difference:
    before, held = bought(term), modules_on(term, day)
    price = price_at(term.book, term.population, wanted, Rhythm(term.rhythm), term.communes)
    after = replace(before, choices=(*(each for each in before.choices if each.since <= day), Chosen(day, price)))
    lines = _lines(before, after)
    net = sum(each.net for each in lines)
    given = before.given
    assert given is not None
    return Difference(
        before=next(price for days, price in before.used() if day in days),
        after=price,
        since=day,
        until=given.last,
        now_net=net,
        now_vat=vat_of(net, vat_rate(term.book.book, term.account.departement)),
        added=wanted - held,
        removed=held - wanted,
        lines=lines,
    )


def _lines(before: Bought, after: Bought) -> tuple[Rest, ...]:
    """What each item costs more, or less, over the whole term."""
    was: dict[tuple[str, int], int] = {}
    for period in before.periods:
        for part in owed(before, period):
            was[part.key, part.cents] = was.get((part.key, part.cents), 0) + part.net
    return rest((part for period in after.periods for part in owed(after, period)), was)


@transaction.atomic
def change_modules(*, subscription: Subscription, modules: Iterable[str], expected: int, author: Any) -> Choice:
    """Use these modules, and all that they need, from today on. `expected` is `now_net` as it was shown; `author` is
    the user, or an address.

    The last change of a day counts; the same one twice is one. Raises PriceMoved, NoTerm, Needed, changing nothing.
    """
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("commune", "space", "account")
    held, asked = rows.get(pk=subscription.pk), frozenset(modules)
    day = local_today(held.commune)
    term = _term(held, day)
    _refuse_needed(asked, modules_on(term, day))
    wanted = settings.CATALOGUE.closed(asked)
    email = str(getattr(author, "email", author))
    if wanted == modules_on(term, day):
        return term.choices.filter(since__lte=day).order_by("since", "id").last() or _choose(term, day, wanted, email)
    made = _difference(term, wanted, day)
    if made.now_net != expected:
        raise PriceMoved(made)
    choice = _choose(term, day, wanted, email)
    entitle(held, author=email)
    invoice_term(term, day, author=email)
    if held.space is not None:
        with enter(held.space.schema_name):
            record(
                "billing.modules_changed",
                author=author if author is not email else None,
                added=sorted(made.added),
                removed=sorted(made.removed),
            )
    advance_soon(held)
    return choice


def _choose(term: Term, day: date, wanted: frozenset[str], email: str) -> Choice:
    return Choice.objects.create(term=term, since=max(day, term.first), modules=sorted(wanted), made_by=email)


def _refuse_needed(asked: frozenset[str], held: frozenset[str]) -> None:
    """What is taken away may not be needed by what is kept."""
    taken = held - asked
    by = {slug: needing for slug in taken if (needing := settings.CATALOGUE.needed_by(slug) & asked)}
    if by:
        raise Needed(by)
