"""Communes as they live, by the real acts, on a day that is fixed: what the walked pages are about."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.actions.changing import change_modules, difference
from billing.actions.ordering import Orderer, References, accept_order, order_quote
from billing.actions.quoting import make_quote
from billing.models import Account, Choice, Invoice, Order, Payment, PriceVersion, Quote, Subscription, Term
from billing.papers import siret_of_siren
from billing.prices import Rhythm, vat_rate
from billing.prices.tests.books import first_json
from billing.queries.offers import Buyer, Contact
from billing.tests.living import SIREN, of, on, run, trying
from console import subscribing
from core.accounts.models import User
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from tenants.models import Commune
from tests.amounts.money import Buying, Money, Running, book_on, taxed
from tests.cast import Cast, Place
from tests.planting import Plot
from tests.walks import Route, commune_models

WHO = Contact("Maud", "Maire", "maud@exemple.fr")
EPCI = "200000172"
GREW = 2100  # inhabitants that the census counts during a term: another bracket


@dataclass(frozen=True)
class Scene:
    """A commune on a day, with the objects that its pages' addresses lead to."""

    name: str
    place: Place
    day: date
    plot: Plot

    @contextmanager
    def now(self) -> Iterator[None]:
        with on(self.day, self.subscription):
            yield

    @property
    def subscription(self) -> Subscription:
        return of(self.place)

    @property
    def commune(self) -> Commune:
        return Commune.objects.get(pk=self.place.insee)

    @property
    def account(self) -> Account:
        """The commune's own, whoever pays."""
        return Account.objects.get(commune=self.place.insee)

    @property
    def buying(self) -> Buying:
        """By the prices of the day."""
        commune, book = self.commune, book_on(self.day)
        return Buying(book, commune.population, vat_rate(book, commune.departement))

    @property
    def running(self) -> Running | None:
        return next((each for each in running_on(self.day) if each.term.subscription == self.subscription), None)

    @property
    def following(self) -> list[Money]:
        """What is asked for next, of whatever term."""
        terms = map(Running, Term.objects.filter(subscription=self.subscription).order_by("first"))
        found = ((each.following(), each.buying.rate) for each in terms)
        return next((taxed(net, rate) for net, rate in found if net), [])

    def url(self, route: Route) -> str:
        with enter(self.place.schema_name):
            return self.plot.url(route)

    def row(self, model: Any) -> Any:
        """What the addresses of this walk lead to, as it is now."""
        return model.objects.get(pk=self.plot[model].pk)


def running_on(day: date) -> list[Running]:
    """Every term that a day is in, and that is still paid by who began it."""
    terms = Term.objects.filter(first__lte=day, last__gte=day)
    return [Running(each) for each in terms if each.cut_on is None or each.cut_on > day]


def quote_of(place: Place, day: date, modules: list[str], **said: Any) -> Quote:
    asked = {"rhythm": Rhythm.YEARLY, "aligned": True, "start": None, "moment": "end"} | said
    commune = Commune.objects.get(pk=place.insee)
    facts = asked.pop("account_facts", None) or Buyer.commune(commune)
    with on(day, of(place)):
        wanted = dict.fromkeys(asked.pop("communes", [commune]), modules)
        return make_quote(account_facts=facts, wanted=wanted, contact=WHO, **asked)


def order_of(quote: Quote, place: Place, day: date, *, accepted: bool = True, siren: str = SIREN) -> Order:
    with on(day, of(place)):
        order = order_quote(
            quote=quote,
            means=Order.Means.ONLINE,
            by=Orderer(WHO.name, WHO.capacity, WHO.email),
            references=References(siret_of_siren(siren), street="1 place", postal_code="80100", city="Doux"),
            moment=quote.content["moment"],
        )
        return accept_order(order=order, author="op") if accepted else order


def changed(place: Place, day: date, modules: list[str]) -> None:
    with on(day, of(place)):
        shown = difference(of(place), modules).now_net
        change_modules(subscription=of(place), modules=modules, expected=shown, author=WHO.email)


def received(cast: Cast, invoice: Invoice, day: date, cents: int) -> None:
    """An operator reads the bank's account."""
    commune = Commune.objects.get(pk=cast.aubin.insee)
    with on(day, of(cast.aubin)):
        said = {"received_on": day, "reference": f"VIR {invoice.number}", "commune": commune}
        subscribing.pay(invoice=invoice, cents=cents, author=operator(cast), **said)


def operator(cast: Cast) -> User:
    with entered(OPERATOR):
        return User.objects.get(pk=cast.operator.id)


def dearer(number: int, published: date | None) -> PriceVersion:
    """Other prices: each line costs some cents more, another number for each."""
    content = {**first_json(), "number": number}
    rows = [content["base"], *content["modules"], *content["packs"]]
    for rank, row in enumerate(rows):
        for rhythm, more in (("monthly", number % 70 + rank), ("yearly", number % 70 + 4 + rank)):
            row[rhythm] = [cents + more for cents in row[rhythm]]
    sold = {"published_at": "2027-01-01T00:00Z", "published_by": "op"} if published else {}
    return PriceVersion.objects.create(number=number, content=content, in_force_from=published, drafted_by="op", **sold)


def trial(cast: Cast) -> date:
    """Nothing runs: a quote that is open, an order that waits, SMS that were bought."""
    trying(cast.aubin, date(2027, 2, 1), date(2027, 3, 31))
    sms = quote_of(cast.aubin, date(2027, 2, 10), [], sms={"500": 2}, moment="start")
    order_of(sms, cast.aubin, date(2027, 2, 10))
    waiting = quote_of(cast.aubin, date(2027, 3, 2), ["news"], rhythm=Rhythm.MONTHLY, start=date(2027, 4, 1))
    order_of(waiting, cast.aubin, date(2027, 3, 3), accepted=False)
    quote_of(cast.aubin, date(2027, 3, 5), ["news", "alerts"], aligned=False)
    return date(2027, 3, 10)


def months(cast: Cast) -> date:
    """Asked for each month once it is given, the tax being 8,5 %: a month is paid, one in part, one was cancelled."""
    place = cast.aubin
    trying(place, date(2027, 2, 1), date(2027, 3, 16), "974")
    Account.objects.filter(commune=place.insee).update(departement="974")
    quote = quote_of(place, date(2027, 3, 10), ["news", "alerts"], rhythm=Rhythm.MONTHLY, start=date(2027, 3, 17))
    order_of(quote, place, date(2027, 3, 10))
    dearer(77, date(2027, 4, 1))
    changed(place, date(2027, 5, 12), ["news", "alerts", "presentation"])
    changed(place, date(2027, 7, 9), ["news"])
    run(of(place), date(2027, 7, 10))
    march, april, may, _june = Invoice.objects.order_by("number")
    received(cast, march, date(2027, 7, 12), march.net + march.vat)
    received(cast, april, date(2027, 8, 3), 1234)
    with on(date(2027, 8, 2), of(place)):
        subscribing.cancel_invoice(
            invoice=may, reason="SIRET", commune=Commune.objects.get(pk=place.insee), author=operator(cast)
        )
    run(of(place), date(2027, 8, 3))
    return date(2027, 8, 10)


def year(cast: Cast) -> date:
    """Asked for at once: a change asks for more, another gives some back, and the census moves the commune."""
    place = cast.aubin
    trying(place, date(2027, 2, 1), date(2027, 3, 16))
    quote = quote_of(place, date(2027, 3, 17), ["news", "alerts"], aligned=False, moment="start")
    order_of(quote, place, date(2027, 3, 17))
    dearer(77, date(2027, 4, 1))
    Commune.objects.filter(pk=place.insee).update(population=GREW)
    changed(place, date(2027, 6, 1), ["news", "alerts", "presentation"])
    changed(place, date(2027, 8, 20), ["presentation"])
    run(of(place), date(2027, 8, 21))
    received(cast, Invoice.objects.order_by("number")[0], date(2027, 9, 3), 1234)
    return date(2027, 9, 15)


def merged(cast: Cast) -> date:
    """In mid-year another pays: the rest of the year is given back, and asked of them."""
    place = cast.aubin
    trying(place, date(2027, 2, 1), date(2027, 3, 16))
    quote = quote_of(place, date(2027, 3, 17), ["news", "alerts"], aligned=False, moment="start")
    order_of(quote, place, date(2027, 3, 17))
    received(cast, Invoice.objects.get(), date(2027, 5, 4), 10000)
    into = Account.objects.create(
        kind=Account.Kind.GROUP, name="CC du Beffroi", siren=EPCI, siret=siret_of_siren(EPCI), departement="80",
        street="1 place", postal_code="80100", city="Doux", changed_by="op",
    )  # fmt: skip
    with on(date(2027, 7, 14), of(place)):
        subscribing.change_payer(subscription=of(place), into=into, on=date(2027, 7, 14), author=operator(cast))
    run(of(place), date(2027, 7, 15))
    return date(2027, 8, 2)


def group(cast: Cast) -> date:
    """An intercommunality pays for five communes of several sizes, and each costs less."""
    Commune.objects.filter(slug="doux").update(population=300)
    Commune.objects.filter(slug="calme").update(population=None)
    fifth = Commune.objects.get(slug="belleville")
    fifth.pk, fifth.slug, fifth.population = "69020", "cinquieme", 4200
    fifth.save(force_insert=True)
    Commune.objects.update(epci_siren=EPCI)
    for place in (cast.aubin, cast.belleville, cast.doux):
        trying(place, date(2027, 2, 1), date(2027, 3, 16))
    communes = list(Commune.objects.order_by("pk"))
    buyer = Buyer("CC du Beffroi", "80", siren=EPCI)
    said = {"account_facts": buyer, "communes": communes, "start": date(2027, 3, 17), "moment": "start"}
    quote = quote_of(cast.aubin, date(2027, 3, 10), ["news", "alerts"], **said)
    order_of(quote, cast.aubin, date(2027, 3, 10), siren=EPCI)
    for place in (cast.aubin, cast.belleville, cast.doux):
        run(of(place), date(2027, 3, 17))
    return date(2027, 4, 20)


SCENES: dict[str, Callable[[Cast], date]] = {each.__name__: each for each in (trial, months, year, merged, group)}


def played(name: str, cast: Cast) -> Scene:
    Commune.objects.filter(pk=cast.aubin.insee).update(siren=SIREN)
    day = SCENES[name](cast)
    with enter(cast.aubin.schema_name):
        plot = Plot()
        subscription = of(cast.aubin)
        plot[Subscription], plot[Account] = subscription, subscription.account
        plot[PriceVersion] = dearer(99, None)
        lead(plot, subscription)
        with on(day, subscription):
            for model in commune_models():
                plot[model]
    return Scene(name, cast.aubin, day, plot)


def lead(plot: Plot, subscription: Subscription) -> None:
    """To what was lived, the last of each: nothing of it is made up."""
    own = Account.objects.get(commune=subscription.commune_id)
    for model, rows in (
        (Quote, Quote.objects.filter(account=own).order_by("made_at") or Quote.objects.all()),
        (Order, Order.objects.order_by("received_at")),
        (Term, Term.objects.filter(subscription=subscription)),
        (Choice, Choice.objects.filter(term__subscription=subscription).order_by("since")),
        (Invoice, Invoice.objects.filter(kind=Invoice.Kind.INVOICE).order_by("number")),
        (Payment, Payment.objects.order_by("received_on")),
    ):
        if (found := rows.last()) is not None:
            plot[model] = found
