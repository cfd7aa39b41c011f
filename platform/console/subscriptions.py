"""Every subscription as a line: constant statements, however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from billing.models import Notice, Order, PriceVersion, Subscription, Term
from billing.prices import PriceBook, Rhythm, price
from billing.queries.arrears import unpaid_by_all
from billing.queries.days import local_today
from billing.queries.pricing import keys_of
from billing.queries.situation import READ_ONLY_TOLD, facts_from
from billing.queries.standing import Standing, State, standing
from billing.queries.terms import days_of, modules_on
from core.web.french import typographic
from tenants.directory.folding import fold
from tenants.models import Commune

TONES = {
    State.ACTIVE: "ok",
    State.TRIAL: "",
    State.ORDERED: "warn",
    State.ENDING: "warn",
    State.UNPAID: "danger",
    State.READ_ONLY: "danger",
}


@dataclass(frozen=True, slots=True)
class Row:
    """`yearly` is a year at the listed price, cents excluding VAT; `unpaid` is what is asked and not paid, with VAT."""

    commune: Commune
    standing: Standing
    modules: int | None
    yearly: int | None
    unpaid: int

    @property
    def tone(self) -> str:
        return TONES.get(self.standing.state, "")

    @property
    def name(self) -> str:
        return typographic(self.commune.name)


@dataclass(frozen=True, slots=True)
class Search:
    """Which lines are looked for; empty means any."""

    words: str = ""
    state: str = ""

    def among(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in self.named(rows) if not self.state or row.standing.state == self.state]

    def named(self, rows: Iterable[Row]) -> list[Row]:
        """Whatever their state."""
        words = fold(self.words).split()
        return [row for row in rows if all(_holds(row.commune, word) for word in words)]


def subscription_rows() -> list[Row]:
    """By name. Seven statements: subscriptions, terms, choices, books, orders that wait, words told, what is unpaid."""
    terms = _terms()
    books = {version.pk: version.book for version in PriceVersion.objects.all()}
    waiting = _waiting()
    told: dict[UUID, datetime] = dict(
        Notice.objects.filter(name__startswith=READ_ONLY_TOLD)
        .order_by()
        .values_list("subscription_id")
        .annotate(at=Max("sent_at"))
    )
    owing: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for each in unpaid_by_all():
        for at, insee in enumerate(each.communes):
            owing[insee].append((each.due_on, 0 if at else each.cents))  # an EPCI's is counted once
    rows = []
    for subscription in Subscription.objects.select_related("commune").order_by("commune__sort_key", "began_on"):
        commune = subscription.commune
        today = local_today(commune)
        own = terms.get(subscription.pk, [])
        owes = owing.get(commune.insee, [])
        facts = facts_from(
            subscription,
            tuple(days for each in own if (days := days_of(each))),
            waiting=commune.insee in waiting,
            late_since=min((due for due, _cents in owes if due < today), default=None),
            told_at=told.get(subscription.pk),
        )
        rows.append(_row(commune, standing(facts, today), own, books, sum(cents for _due, cents in owes), today))
    return rows


def _row(
    commune: Commune, found: Standing, terms: list[Term], books: dict[UUID, PriceBook], unpaid: int, today: date
) -> Row:
    term = next((each for each in terms if (days := days_of(each)) and today in days), None)
    if term is None:
        return Row(commune, found, None, None, unpaid)
    modules, rhythm = modules_on(term, today), Rhythm(term.rhythm)
    listed = price(
        books[term.book_id],
        population=term.population,
        rhythm=rhythm,
        modules=keys_of(modules),
        communes=term.communes,
    ).net
    return Row(commune, found, len(modules), listed * (12 if rhythm is Rhythm.MONTHLY else 1), unpaid)


def _terms() -> dict[UUID, list[Term]]:
    found: dict[UUID, list[Term]] = defaultdict(list)
    for term in Term.objects.prefetch_related("choices").order_by("first", "pk"):
        found[term.subscription_id].append(term)
    return found


def _waiting() -> set[str]:
    """INSEE codes of those for whom an order waits for its answer."""
    contents = Order.objects.filter(accepted_at__isnull=True, refused_at__isnull=True)
    return {
        each["insee"] for said in contents.values_list("quote__content__communes", flat=True) for each in said or []
    }


def _holds(commune: Commune, word: str) -> bool:
    return f" {word}" in f" {commune.folded}" or commune.insee.lower() == word or word in commune.postal_codes
