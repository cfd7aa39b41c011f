"""What is owed, computed here: from the price book's pure functions, the rows of what was chosen, and the calendar.

Nothing of what shows, asks or invoices is called: a day's share of each line is summed over the days.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.conf import settings

from billing.models import Invoice, Payment, PriceVersion, Quote, Term
from billing.prices import (
    Period,
    Price,
    PriceBook,
    Rhythm,
    bracket_of,
    month_of,
    price,
    share,
    vat_of,
    vat_rate,
    year_of,
)

NET, TOTAL, VAT = "HT", "TTC", "TVA"
YEAR, MONTH = "par an", "par mois"
PER = {Rhythm.YEARLY: YEAR, Rhythm.MONTHLY: MONTH}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Money:
    """`per` is empty for what is asked once. `under`: words of what heads it, where another amount might be taken for
    it."""

    cents: int
    tax: str
    per: str = ""
    under: str = ""

    def __str__(self) -> str:
        where = f"under « {self.under} »" if self.under else ""
        return " ".join(part for part in (f"{self.cents} cents", self.tax, self.per, where) if part)


def under(words: str, *found: Money) -> list[Money]:
    return [replace(each, under=words) for each in found]


def taxed(net: int, rate: int, per: str = "") -> list[Money]:
    """Without and with its tax."""
    return [Money(net, NET, per), Money(net + vat_of(net, rate), TOTAL, per)]


def tax(net: int, rate: int) -> Money:
    return Money(vat_of(net, rate), VAT)


def book_on(day: date) -> PriceBook:
    published = PriceVersion.objects.filter(published_at__isnull=False, in_force_from__lte=day)
    return max(published, key=lambda each: each.in_force_from).book


def keys(modules: Iterable[str]) -> set[str]:
    """The book's names of modules and of all that they need."""
    return {settings.CATALOGUE[slug].price_key for slug in settings.CATALOGUE.closed(modules)}


@dataclass(frozen=True)
class Buying:
    """A commune that buys by a book, at a rate of tax, as one of so many."""

    book: PriceBook
    population: int | None
    rate: int
    communes: int = 1

    def price(self, modules: Iterable[str], rhythm: Rhythm) -> Price:
        wanted = keys(modules) & set(self.book.modules)
        return price(self.book, population=self.population, rhythm=rhythm, modules=wanted, communes=self.communes)

    def lines(self, modules: Iterable[str], rhythm: Rhythm) -> list[Money]:
        return [Money(item.cents, NET, PER[rhythm]) for item in self.price(modules, rhythm).items]

    def listed(self, modules: Iterable[str], rhythm: Rhythm) -> list[Money]:
        return taxed(self.price(modules, rhythm).net, self.rate, PER[rhythm])

    def alone(self, modules: Iterable[str], rhythm: Rhythm) -> list[Money]:
        """Each module by itself, whatever a pack or a group takes off."""
        at = bracket_of(self.book, self.population)
        amounts = (self.book.modules.get(settings.CATALOGUE[slug].price_key) for slug in modules)
        return [Money(each.of(rhythm)[at], NET, PER[rhythm]) for each in amounts if each]

    def saved(self, modules: Iterable[str], rhythm: Rhythm) -> int:
        """What a pack takes off the modules that were wanted."""
        packs = {f"pack:{pack.key}" for pack in self.book.packs}
        found = next((item for item in self.price(modules, rhythm).items if item.key in packs), None)
        if found is None:
            return 0
        wanted = keys(modules) & found.keys
        at = bracket_of(self.book, self.population)
        return sum(self.book.modules[key].of(rhythm)[at] for key in wanted) - found.cents

    def spent(self, modules: Iterable[str], days: "Days", over: Period | None = None) -> dict[str, int]:
        """By line, what days of a term cost, each its share."""
        found: dict[str, int] = {}
        for item in self.price(modules, days.rhythm).items:
            part = over or days.period
            found[item.key] = sum(share(item.cents, days.whole(day), Period(day, day)) for day in part)
        return found


@dataclass(frozen=True, slots=True)
class Days:
    """A term: its days, how often it is invoiced, whether its year is the civil one, and what its price pays where it
    goes on from another's."""

    period: Period
    rhythm: Rhythm
    aligned: bool
    ordered: Period | None = None

    def whole(self, day: date) -> Period:
        if self.rhythm is Rhythm.MONTHLY:
            return month_of(day)
        return year_of(day) if self.aligned else self.ordered or self.period

    @property
    def asked_apart(self) -> list[Period]:
        """Calendar months, or the whole."""
        if self.rhythm is Rhythm.YEARLY:
            return [self.period]
        months = sorted({month_of(day) for day in self.period})
        return [part for month in months if (part := self.period.part(month))]


@dataclass(frozen=True)
class Running:
    """A term as its rows say it."""

    term: Term

    @cached_property
    def buying(self) -> Buying:
        book = self.term.book.book
        rate = vat_rate(book, self.term.account.departement)
        return Buying(book, self.term.population, rate, self.term.communes)

    @property
    def days(self) -> Days:
        first = self.term
        while first.continues:
            first = first.continues
        ordered = Period(first.first, first.last)
        return Days(Period(self.term.first, self.term.last), self.rhythm, self.term.aligned, ordered)

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.term.rhythm)

    @cached_property
    def choices(self) -> list[tuple[date, list[str]]]:
        rows = self.term.choices.order_by("since", "made_at")
        return [(each.since, each.modules) for each in rows]

    def used(self, day: date) -> list[str]:
        return [modules for since, modules in self.choices if since <= day][-1]

    def cost(self, period: Period, *, from_day: date | None = None, modules: Sequence[str] = ()) -> int:
        """Of days, as they were chosen; with other modules from a day on. Nothing once somebody else pays."""
        found = 0
        for day in (each for each in period if self.term.cut_on is None or each < self.term.cut_on):
            chosen = modules if from_day and day >= from_day else self.used(day)
            found += sum(self.buying.spent(chosen, self.days, Period(day, day)).values())
        return found

    def difference(self, modules: Sequence[str], day: date) -> int:
        """What the term costs more, or less, with these from a day on."""
        rest = Period(day, self.days.period.last)
        return self.cost(rest, from_day=day, modules=modules) - self.cost(rest)

    def asked(self, period: Period) -> int:
        """Among what is asked for other communes too, where an EPCI pays."""
        rows = self.term.invoices.filter(first=period.first, last=period.last).values_list("parts", flat=True)
        return sum(part["net"] for parts in rows for part in parts if part["term"] == str(self.term.pk))

    def following(self) -> int | None:
        """What will be asked for next."""
        lefts = (self.cost(period) - self.asked(period) for period in self.days.asked_apart)
        return next((left for left in lefts if left > 0), None)


def left_of(invoice: Invoice) -> int:
    """What is still to be paid of an invoice."""
    back = Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE, content__cancels=invoice.number)
    paid = Payment.objects.filter(invoice=invoice)
    given = sum(each.net + each.vat for each in back)
    return invoice.net + invoice.vat + given - sum(each.cents for each in paid)


def total_of(invoice: Invoice) -> Money:
    return Money(invoice.net + invoice.vat, TOTAL)


def lines_of(quote: Quote) -> Iterator[int]:
    """What each line of a quote asks for, by the book it was made with: what was chosen is read in it, no amount."""
    said, book = quote.content, quote.book.book
    rhythm, aligned = Rhythm(said["rhythm"]), said["aligned"]
    for commune in (each for each in said["communes"] if each["modules"]):
        buying = Buying(book, commune["population"], 0, len(said["communes"]))
        if said["start"] is None:
            times = 12 if rhythm is Rhythm.MONTHLY else 1
            yield from (times * item.cents for item in buying.price(commune["modules"], rhythm).items)
            continue
        days = Days(term_from(date.fromisoformat(said["start"]), aligned=aligned), rhythm, aligned)
        yield from buying.spent(commune["modules"], days).values()
    for pack in said["sms"]:
        yield pack["count"] * next(each.cents for each in book.sms_packs if each.key == pack["key"])


def quoted(quote: Quote) -> list[Money]:
    """A quote's sums, without and with tax."""
    return taxed(sum(lines_of(quote)), vat_rate(quote.book.book, quote.account.departement))


def term_from(start: date, *, aligned: bool) -> Period:
    """To the 31 December, or twelve months."""
    if aligned:
        return Period(start, date(start.year, 12, 31))
    return Period(start, start.replace(year=start.year + 1) - DAY)
