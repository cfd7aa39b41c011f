"""Histories of one commune through the real actions: whatever is decided, what was asked for is what is owed."""

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from billing.actions.changing import change_modules, difference
from billing.actions.invoicing import cancel
from billing.actions.merging import merge
from billing.actions.ordering import Orderer, References, accept_order, order_quote
from billing.actions.quoting import make_quote
from billing.models import Account, Invoice, Order, PriceVersion, Subscription, Term
from billing.papers import siret_of_siren
from billing.prices import Rhythm, share, year_of
from billing.queries.money import balance, outstanding_of
from billing.queries.offers import Buyer, Contact
from billing.queries.owing import total
from billing.queries.pricing import price_of
from billing.queries.terms import bought, days_of
from billing.tests.living import DAY, SIREN, on, run, trying
from tenants.models import Commune
from tests.cast import Cast

SETS = [["news"], ["news", "alerts"], ["alerts"], ["news", "alerts", "presentation"], []]
FIRST = date(2027, 3, 17)


@pytest.fixture
def subscription(cast: Cast) -> Subscription:
    Commune.objects.filter(pk=cast.aubin.insee).update(siren=SIREN)
    return trying(cast.aubin, date(2027, 3, 1), date(2027, 4, 29))


def order(subscription: Subscription, day: date, modules: Sequence[str] = ("news",), **said: object) -> Order:
    """Waits for the operator."""
    asked = {"rhythm": Rhythm.YEARLY, "aligned": False, "start": None, "moment": "start"} | said
    commune = Commune.objects.get(pk=subscription.commune_id)
    with on(day, subscription):
        quote = make_quote(
            account_facts=Buyer.commune(commune),
            wanted={commune: modules},
            contact=Contact("M", "Maire", "m@x.fr"),
            **asked,
        )
        return order_quote(
            quote=quote,
            means=Order.Means.ONLINE,
            by=Orderer("Maud", "Maire", "m@x.fr"),
            references=References(siret_of_siren(SIREN)),
            moment=str(asked["moment"]),
        )


def accepted(subscription: Subscription, order: Order, day: date) -> Term:
    with on(day, subscription):
        accept_order(order=order, author="op")
    return Term.objects.get(order=order, continues=None)


def group(moment: str) -> Account:
    return Account.objects.create(
        kind="group", name="CC du Beffroi", siren="200000172", siret="20000017200018", departement="80",
        street="1 place", postal_code="80100", city="Doux", changed_by="op", moment=moment,
    )  # fmt: skip


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize("rhythm", list(Rhythm))
@pytest.mark.parametrize("moment", ["start", "end"])
def test_whatever_is_decided_what_was_asked_for_is_what_is_owed(
    subscription: Subscription, moment: str, rhythm: Rhythm, aligned: bool
) -> None:
    """Changes, invoices taken back, somebody else who pays from a day on, and an engine that runs now and then."""
    chance = Random(f"{moment}{rhythm}{aligned}")
    term = accepted(subscription, order(subscription, FIRST, rhythm=rhythm, aligned=aligned, moment=moment), FIRST)
    merges_after = chance.randint(60, 200)
    day, into = FIRST, None
    while day < term.last - 25 * DAY:
        day += DAY * chance.randint(0, 45)
        with on(min(day, term.last), subscription):
            modules = chance.choice(SETS)
            shown = difference(subscription, modules, min(day, term.last)).now_net
            change_modules(subscription=subscription, modules=modules, expected=shown, author="m@x.fr")
            if into is None and (day - FIRST).days > merges_after:
                into = group(moment)
                merge(subscription=subscription, into=into, on=day, author="op")
        if chance.random() < 0.4:
            run(subscription, min(day, term.last))
            last = Invoice.objects.filter(kind="invoice", cancelled_by=None).order_by("number").last()
            if last is not None and chance.random() < 0.4:
                with on(min(day, term.last), subscription):
                    cancel(invoice=last, reason="SIRET", author="op")
    run(subscription, term.last + DAY)
    for each in Term.objects.all():
        assert sum(each.invoices.values_list("net", flat=True)) == total(bought(each))
    for payer in Account.objects.filter(invoices__isnull=False).distinct():
        left = outstanding_of(payer.invoices.all())
        assert min(left.values()) >= 0
        rounded = payer.invoices.filter(kind=Invoice.Kind.CREDIT_NOTE).count()  # each its own VAT
        assert abs(sum(left.values()) - balance(payer)) <= rounded


@pytest.mark.parametrize("first", [["news"], ["news", "alerts"], []])
def test_what_is_given_back_is_taken_off_what_was_asked_and_no_more(
    subscription: Subscription, first: list[str]
) -> None:
    """Modules are bought after a year was asked for, then more than they are given back: who pays what is left is late
    of nothing."""
    term = accepted(subscription, order(subscription, FIRST, modules=first or ["alerts"]), FIRST)
    for day, modules in ((20, ["news", "alerts"]), (30, ["news"]), (31, ["presentation", "news"]), (32, [])):
        with on(FIRST + day * DAY, subscription):
            shown = difference(subscription, modules).now_net
            change_modules(subscription=subscription, modules=modules, expected=shown, author="m@x.fr")
    left = outstanding_of(term.account.invoices.all())
    assert min(left.values()) >= 0
    assert sum(left.values()) == balance(term.account) > 0
    assert sum(term.invoices.values_list("net", flat=True)) == total(bought(term))


def test_twelve_months_that_waited_for_their_answer_begin_on_their_day(subscription: Subscription) -> None:
    start = date(2027, 4, 1)
    asked = order(subscription, date(2027, 3, 20), start=start)
    term = accepted(subscription, asked, date(2027, 4, 9))
    assert (term.first, term.last) == (start, date(2028, 3, 31))
    assert sum(term.invoices.values_list("net", flat=True)) == asked.quote.net


def test_twelve_months_that_were_ordered_late_are_twelve_months(subscription: Subscription) -> None:
    """A quote for a day that had passed when it was ordered: the price of a year never pays less than a year."""
    commune = Commune.objects.get(pk=subscription.commune_id)
    with on(FIRST, subscription):
        quote = make_quote(
            account_facts=Buyer.commune(commune), wanted={commune: ["news"]}, rhythm=Rhythm.YEARLY,
            aligned=False, start=date(2027, 3, 20), moment="start", contact=Contact("M", "Maire", "m@x.fr"),
        )  # fmt: skip
    day = date(2027, 5, 2)
    with on(day, subscription):
        received = order_quote(
            quote=quote, means=Order.Means.ONLINE, by=Orderer("M", "Maire", "m@x.fr"),
            references=References(siret_of_siren(SIREN)), moment="start",
        )  # fmt: skip
    term = accepted(subscription, received, day)
    assert (term.first, term.last) == (day, date(2028, 5, 1))
    assert sum(term.invoices.values_list("net", flat=True)) == quote.net == total(bought(term))


def test_an_aligned_year_that_was_ordered_late_pays_the_days_that_are_left(subscription: Subscription) -> None:
    asked = order(subscription, date(2027, 3, 20), start=date(2027, 3, 20), aligned=True)
    Order.objects.filter(pk=asked.pk).update(received_at="2027-05-02T09:00Z")
    term = accepted(subscription, Order.objects.get(pk=asked.pk), date(2027, 5, 3))
    days = days_of(term)
    assert days is not None and (days.first, days.last) == (date(2027, 5, 2), date(2027, 12, 31))
    listed = price_of(subscription.commune, ["news"], Rhythm.YEARLY, FIRST).items
    assert total(bought(term)) == sum(share(each.cents, year_of(days.first), days) for each in listed)


def test_the_census_and_a_new_price_book_change_nothing_before_the_next_term(subscription: Subscription) -> None:
    term = accepted(subscription, order(subscription, FIRST, rhythm=Rhythm.MONTHLY, aligned=True), FIRST)
    owed = total(bought(term))
    Commune.objects.filter(pk=subscription.commune_id).update(population=60_000)
    sold = PriceVersion.objects.get(number=1)
    content = {**sold.content, "number": 77, "base": {"monthly": [90_000] * 9, "yearly": [900_000] * 9}}
    PriceVersion.objects.create(
        number=77, content=content, in_force_from=date(2027, 6, 1), drafted_by="op", published_by="op",
        published_at="2027-05-01T00:00Z",
    )  # fmt: skip
    run(subscription, date(2027, 8, 1))
    with on(date(2027, 8, 1), subscription):
        shown = difference(of_space(subscription), ["news", "alerts"])
    assert shown.before.net == bought(term).choices[0].price.net
    run(subscription, term.last + DAY)
    assert sum(term.invoices.values_list("net", flat=True)) == owed == total(bought(term))
    following = order(subscription, date(2027, 12, 1), start=date(2028, 1, 1), aligned=True)
    assert following.quote.net > 900_000
    assert following.quote.content["communes"][0]["population"] == 60_000


def of_space(subscription: Subscription) -> Subscription:
    return Subscription.objects.select_related("commune", "space", "account").get(pk=subscription.pk)
