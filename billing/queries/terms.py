"""Terms as they are owed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef

from billing.models import Choice, Invoice, InvoiceTerm, Subscription, Term
from billing.prices import Period, Rhythm, price
from billing.queries.owing import Bought, Chosen

SETTLED = timedelta(days=400)


def terms_of(subscription: Subscription, **more: Exists) -> list[Term]:
    rows = subscription.terms.annotate(**more).select_related("account", "book", "order__quote", "continues")
    return list(rows.prefetch_related("choices").order_by("first", "id"))


def days_of(term: Term) -> Period | None:
    """Its days as they are given, None when it was cut before it began."""
    days = Period(term.first, term.last)
    return days if term.cut_on is None else days.before(term.cut_on)


def running(subscription: Subscription, today: date) -> list[Term]:
    """Terms that may still be asked for, eldest first: neither they nor the last paper of them are over for long."""
    asked = Invoice.objects.filter(terms=OuterRef("pk"), issued_on__gt=today - SETTLED)
    rows = terms_of(subscription, asked=Exists(asked))
    return [each for each in rows if today - each.last < SETTLED or each.asked]  # type: ignore[attr-defined]


def current_term(subscription: Subscription, today: date) -> Term | None:
    """The term that a day is in."""
    return next((each for each in terms_of(subscription) if (days := days_of(each)) and today in days), None)


def last_day(subscription: Subscription) -> date | None:
    """The last day of all that was ordered."""
    found = [days.last for each in terms_of(subscription) if (days := days_of(each))]
    return max(found, default=None)


def whole_of_chain(term: Term) -> Period:
    """The days of the term that this one continues, or its own."""
    first = term
    while first.continues is not None:
        first = first.continues
    return Period(first.first, first.last)


def bought(term: Term) -> Bought:
    """A term as cents are told from it."""
    rhythm = Rhythm(term.rhythm)
    chosen = tuple(
        Chosen(
            each.since,
            price(
                term.book.book,
                population=term.population,
                rhythm=rhythm,
                modules=_keys(each.modules),
                communes=term.communes,
            ),
        )
        for each in choices_of(term)
    )
    return Bought(
        Period(term.first, term.last), rhythm, term.aligned, term.moment, chosen, whole_of_chain(term), term.cut_on
    )


def choices_of(term: Term) -> list[Choice]:
    """In order: of those of a day, the last one made counts."""
    return sorted(term.choices.all(), key=lambda each: (each.since, each.made_at, each.pk))


def modules_on(term: Term, day: date) -> frozenset[str]:
    """The modules that a term gives on a day, by slug."""
    last: Choice | None = None
    for each in choices_of(term):
        if each.since <= day or last is None:
            last = each
    return frozenset(last.modules) if last else frozenset()


Asked = Mapping[tuple[str, int], int]


def asked_for(term: Term, period: Period) -> Asked:
    """What was asked for a period, by item and listed price; what was given back is less."""
    return asked_of([term]).get((term.pk, period), {})


def asked_of(terms: Iterable[Term]) -> Mapping[tuple[UUID, Period], Asked]:
    """The same of each term and period, in one statement."""
    keys = {str(each.pk): each.pk for each in terms}
    mine = InvoiceTerm.objects.filter(term__in=keys.values()).values("invoice")
    found: dict[tuple[UUID, Period], dict[tuple[str, int], int]] = {}
    for first, last, parts in Invoice.objects.filter(pk__in=mine).order_by().values_list("first", "last", "parts"):
        for part in parts:
            if first and last and (term := keys.get(part["term"])):
                sums, name = found.setdefault((term, Period(first, last)), {}), (part["key"], part["cents"])
                sums[name] = sums.get(name, 0) + part["net"]
    return {which: {name: net for name, net in sums.items() if net} for which, sums in found.items()}


def _keys(modules: list[str]) -> frozenset[str]:
    """As they were chosen, with all that they needed then: what they come to need later is not asked for."""
    return frozenset(manifest.price_key for manifest in settings.CATALOGUE.among(modules))
