"""Two clicks, two people, two orders at the same moment: each in a connection and a transaction of its own."""

from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from billing.actions.advancing import advance
from billing.actions.changing import PriceMoved, change_modules, difference
from billing.actions.invoicing import cancel, invoice_term, record_payment
from billing.actions.ordering import Orderer, References, accept_order, order_quote
from billing.actions.quoting import Overlaps, make_quote
from billing.collecting.locking import locked
from billing.models import Account, Choice, Invoice, Order, Payment, Quote, Sequence, Term
from billing.papers import siret_of_siren
from billing.prices import Rhythm
from billing.queries.offers import Buyer, Contact
from billing.queries.owing import total
from billing.queries.terms import bought
from billing.tests.living import SIREN, of
from billing.tests.stripes import invoice, payer
from tenants.models import Commune
from tests.at_once import at_once
from tests.cast import Cast

MAYOR = Contact("Maud", "Maire", "maud@exemple.fr")


@pytest.fixture
def commune(committed_cast: Cast) -> Commune:
    Account.objects.filter(commune=committed_cast.aubin.insee).update(siren=SIREN)
    Commune.objects.filter(pk=committed_cast.aubin.insee).update(siren=SIREN)
    return Commune.objects.get(pk=committed_cast.aubin.insee)


def quoted(commune: Commune, **said: Any) -> Quote:
    asked = {"rhythm": Rhythm.YEARLY, "aligned": False, "start": None, "moment": "start"} | said
    asked = {"account_facts": Buyer.commune(commune)} | asked
    return make_quote(wanted={commune: ["news"]}, contact=MAYOR, **asked)


def ordered(quote: Quote, *, trusted: bool = True) -> Order:
    return order_quote(
        quote=quote,
        means=Order.Means.ONLINE,
        by=Orderer("Maud", "Maire", MAYOR.email),
        references=References(siret_of_siren(SIREN)),
        moment="start",
        trusted=trusted,
    )


def test_two_clicks_give_one_order_one_number_and_one_invoice(commune: Commune, committed_cast: Cast) -> None:
    quote = quoted(commune)
    done = at_once(committed_cast.aubin, lambda number: ordered(quote).number)
    assert len(set(map(str, done))) == 1
    assert (Order.objects.count(), Term.objects.count(), Invoice.objects.count()) == (1, 1, 1)
    assert Sequence.objects.get(series="CMD").last == 1


def test_two_operators_accept_once(commune: Commune, committed_cast: Cast) -> None:
    order = ordered(quoted(commune), trusted=False)
    done = at_once(committed_cast.aubin, lambda number: accept_order(order=order, author=f"op{number}").accepted_by)
    assert len(set(done)) == 1
    assert (Term.objects.count(), Invoice.objects.count()) == (1, 1)


def test_the_same_days_are_not_sold_by_two_quotes_at_once(commune: Commune, committed_cast: Cast) -> None:
    quotes = [quoted(commune) for _ in range(4)]
    done = at_once(committed_cast.aubin, lambda number: ordered(quotes[number]))
    assert sorted(type(each).__name__ for each in done) == ["Order", "Overlaps", "Overlaps", "Overlaps"]
    assert any(isinstance(each, Overlaps) for each in done)
    assert (Order.objects.count(), Term.objects.count()) == (1, 1)
    assert Sequence.objects.get(series="CMD").last == 1


def test_a_commune_and_its_group_do_not_both_order_it(committed_cast: Cast) -> None:
    """One that has no space yet: nothing of it is there to be locked but itself."""
    Commune.objects.filter(pk=committed_cast.calme_insee).update(siren=SIREN)
    commune = Commune.objects.get(pk=committed_cast.calme_insee)
    group = Buyer(name="CC du Beffroi", departement="23", siren=SIREN)
    orders = [ordered(quoted(commune, account_facts=buyer), trusted=False) for buyer in (group, Buyer.commune(commune))]
    at_once(committed_cast.aubin, lambda number: accept_order(order=orders[number], author="op"), times=2)
    assert Term.objects.count() == 1
    assert commune.subscriptions.count() == 1


def test_of_two_changes_at_once_the_second_is_shown_its_own_price(commune: Commune, committed_cast: Cast) -> None:
    ordered(quoted(commune))
    subscription = of(committed_cast.aubin)
    wanted = [["news", "alerts"], ["news", "presentation"]]
    shown = [difference(subscription, modules).now_net for modules in wanted]

    def change(number: int) -> Choice:
        return change_modules(
            subscription=subscription, modules=wanted[number], expected=shown[number], author="maud@exemple.fr"
        )

    done = at_once(committed_cast.aubin, change, times=2)
    assert sorted(type(each).__name__ for each in done) == ["Choice", "PriceMoved"]
    assert any(isinstance(each, PriceMoved) for each in done)
    term = Term.objects.get()
    assert sum(Invoice.objects.values_list("net", flat=True)) == total(bought(term))


def test_invoices_asked_for_at_once_are_numbered_without_a_gap(commune: Commune, committed_cast: Cast) -> None:
    ordered(quoted(commune, rhythm=Rhythm.MONTHLY))
    term = Term.objects.get()
    at_once(committed_cast.aubin, lambda number: invoice_term(term, date(term.last.year, 12, 31), author="x"))
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert [int(each[-6:]) for each in numbers] == list(range(1, len(numbers) + 1))
    assert len(set(Invoice.objects.values_list("first", flat=True))) == len(numbers) > 1


def test_an_invoice_is_taken_back_once_while_its_term_is_asked_for(commune: Commune, committed_cast: Cast) -> None:
    ordered(quoted(commune))
    term, invoice = Term.objects.get(), Invoice.objects.get()
    acts = [
        lambda: cancel(invoice=invoice, reason="SIRET", author="op"),
        lambda: advance(of(committed_cast.aubin)),
        lambda: cancel(invoice=invoice, reason="SIRET", author="op"),
        lambda: advance(of(committed_cast.aubin)),
    ]
    done = at_once(committed_cast.aubin, lambda number: acts[number]())
    assert [each for each in done if isinstance(each, Exception)] == []
    advance(of(committed_cast.aubin))
    assert Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE).count() == 1
    assert sum(term.invoices.values_list("net", flat=True)) == total(bought(term))


def test_two_communes_of_a_group_whose_nights_are_at_once_are_asked_for_once(committed_cast: Cast) -> None:
    places = committed_cast.aubin, committed_cast.belleville
    communes = Commune.objects.filter(pk__in=[each.insee for each in places])
    quote = make_quote(
        account_facts=Buyer(name="CC du Beffroi", departement="80", siren=SIREN),
        wanted={each: ["news"] for each in communes},
        rhythm=Rhythm.YEARLY,
        aligned=False,
        start=None,
        moment="start",
        contact=MAYOR,
    )
    accept_order(order=ordered(quote, trusted=False), author="op")
    first = Invoice.objects.get()
    cancel(invoice=first, reason="SIRET", author="op")
    acts = [
        lambda: advance(of(places[0])),
        lambda: advance(of(places[1])),
        lambda: cancel(invoice=first, reason="SIRET", author="op"),
        lambda: advance(of(places[0])),
    ]
    done = at_once(places[0], lambda number: acts[number]())
    assert [each for each in done if isinstance(each, Exception)] == []
    again = Invoice.objects.filter(kind=Invoice.Kind.INVOICE).exclude(pk=first.pk).get()
    assert again.net == first.net and again.terms.count() == 2


def test_a_reference_is_written_of_one_of_two_invoices(committed_cast: Cast) -> None:
    account = payer(Commune.objects.get(pk=committed_cast.aubin.insee))
    invoices = [invoice(account, f"FAC-{at}") for at in range(4)]
    paid: dict[str, Any] = {"cents": 100, "received_on": date(2026, 11, 2), "source": "transfer", "author": "op"}
    done = at_once(
        committed_cast.aubin,
        lambda number: record_payment(invoice=invoices[number], reference="VIR 1", **paid),
    )
    assert sorted(type(each).__name__ for each in done) == ["Payment", *["ValidationError"] * 3]
    assert Payment.objects.get() in done


def test_a_payer_of_whom_stripe_is_asked_keeps_no_invoice_waiting(committed_cast: Cast) -> None:
    """Who cancels one holds it, then names its payer: who holds the payer, then wants the invoice, must not bar him."""
    account = payer(Commune.objects.get(pk=committed_cast.aubin.insee))
    asking = Barrier(2, timeout=10)

    def ask() -> str:
        with transaction.atomic():
            locked(account)
            asking.wait()
            asking.wait()
        return "asked"

    def write() -> str:
        asking.wait()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = '2s'")
                return invoice(account, "FAC-1").number
        finally:
            asking.wait()

    done = at_once(committed_cast.aubin, lambda number: (ask, write)[number](), times=2)
    assert sorted(map(str, done)) == ["FAC-1", "asked"]
