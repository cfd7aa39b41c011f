"""From a quote to what is asked for: one order a quote, amounts of the price book, and what is changed on the way."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from time_machine import travel

from billing.actions.advancing import advance
from billing.actions.advancing import invoice as invoice_due
from billing.actions.changing import NoTerm, PriceMoved, change_modules, difference
from billing.actions.invoicing import NotThis, cancel, invoice_term, record_payment
from billing.actions.ordering import (
    AlreadyAnswered,
    BadReferences,
    Expired,
    Orderer,
    References,
    accept_order,
    order_quote,
    refuse_order,
)
from billing.actions.quoting import NothingAsked, Overlaps, make_quote
from billing.collecting.invoices import left_of
from billing.models import Account, Invoice, Order, Quote, Subscription, Term
from billing.papers import siret_of_siren
from billing.prices import Rhythm
from billing.queries.books import book_in_force
from billing.queries.money import outstanding
from billing.queries.offers import Buyer, Contact
from billing.queries.owing import total
from billing.queries.pricing import next_invoice, price_of
from billing.queries.terms import bought
from core.delivery.sms.credit import balance
from core.tenancy.context import enter
from tenants.models import Commune, Space
from tests.cast import Cast

WHO = Contact("Maud", "Maire", "maud@exemple.fr")
SIREN = "732829320"
NOON = "2027-03-10T12:00+01:00"


@pytest.fixture
def commune(cast: Cast) -> Commune:
    found = Commune.objects.get(space__schema_name=cast.aubin.schema_name)
    found.siren = SIREN
    found.save(update_fields=["siren"])
    Account.objects.filter(commune=found).update(siren=SIREN)
    return found


def quoted(commune: Commune, *modules: str, rhythm: Rhythm = Rhythm.YEARLY, **said: object) -> Quote:
    asked = {"aligned": True, "start": None, "moment": "start", **said}
    return make_quote(
        account_facts=Buyer.commune(commune), wanted={commune: modules}, rhythm=rhythm, contact=WHO, **asked
    )


def ordered(quote: Quote, *, trusted: bool = True, moment: str = "start", siret: str = "") -> Order:
    return order_quote(
        quote=quote,
        means=Order.Means.ONLINE,
        by=Orderer("Maud", "Maire", "maud@exemple.fr"),
        references=References(siret=siret or siret_of_siren(SIREN), engagement="E-12"),
        moment=moment,
        trusted=trusted,
    )


@travel(NOON, tick=False)
def test_nothing_is_quoted_that_was_not_asked_for(commune: Commune) -> None:
    with pytest.raises(NothingAsked):
        quoted(commune)


@travel(NOON, tick=False)
def test_an_order_without_a_true_siret_is_refused_and_leaves_nothing(commune: Commune) -> None:
    quote = quoted(commune, "news")
    for wrong in ("", "123", "21300132100013", siret_of_siren("356000000")):
        with pytest.raises(BadReferences) as caught:
            ordered(quote, siret=wrong or "x")
        assert "SIRET" in caught.value.faults["siret"]
    assert not Order.objects.exists()


def test_a_quote_that_is_over_is_not_ordered(commune: Commune) -> None:
    with travel(NOON, tick=False):
        quote = quoted(commune, "news")
    assert (quote.valid_until - quote.issued_on).days == 90
    with travel("2027-06-09T12:00+02:00", tick=False), pytest.raises(Expired):
        ordered(quote)


@travel(NOON, tick=False)
def test_an_order_gives_its_term_and_asks_for_what_the_price_book_says_to_the_day(commune: Commune) -> None:
    quote = quoted(commune, "news", "alerts")
    order = ordered(quote)
    assert ordered(quote) == order
    term = Term.objects.get()
    assert (term.first, term.last) == (date(2027, 3, 10), date(2027, 12, 31))
    invoice = Invoice.objects.get()
    yearly = price_of(commune, ["news", "alerts"], Rhythm.YEARLY).net
    assert invoice.net == quote.net == total(bought(term))
    assert abs(invoice.net - yearly * 297 / 365) <= 2
    assert invoice_term(term, date(2027, 12, 31), author="x") == []


@travel(NOON, tick=False)
def test_after_service_only_is_asked_for_where_that_was_ordered(commune: Commune) -> None:
    ordered(quoted(commune, "news", rhythm=Rhythm.MONTHLY), moment="end")
    assert not Invoice.objects.exists()
    term = Term.objects.get()
    coming = next_invoice(term.subscription)
    assert coming is not None and (coming.on, coming.period.last) == (date(2027, 4, 1), date(2027, 3, 31))
    (invoice,) = invoice_term(term, date(2027, 4, 1), author="x")
    assert (invoice.net, invoice.vat) == (coming.net, coming.vat)


@travel(NOON, tick=False)
def test_the_days_that_were_ordered_are_not_sold_twice(commune: Commune) -> None:
    ordered(quoted(commune, "news"))
    with pytest.raises(Overlaps) as caught:
        quoted(commune, "news")
    assert caught.value.free_from == date(2028, 1, 1)
    assert quoted(commune, "news", start=date(2028, 1, 1)).net == price_of(commune, ["news"], Rhythm.YEARLY).net


@travel(NOON, tick=False)
def test_who_is_no_administrator_waits_for_the_operator_who_answers_once(commune: Commune) -> None:
    order = ordered(quoted(commune, "news"), trusted=False)
    assert not Term.objects.exists()
    refuse_order(order=order, reason="Ce n’est pas vous.", author="op@x")
    with pytest.raises(AlreadyAnswered):
        accept_order(order=order, author="op@x")
    other = ordered(quoted(commune, "news"), trusted=False)
    assert accept_order(order=other, author="op@x") == accept_order(order=other, author="op@x")
    assert Term.objects.count() == 1
    with pytest.raises(AlreadyAnswered):
        refuse_order(order=other, reason="Non", author="op@x")


def test_a_change_costs_what_was_shown_and_its_way_back_gives_the_same(commune: Commune) -> None:
    with travel(NOON, tick=False):
        ordered(quoted(commune, "news"))
        subscription = Term.objects.get().subscription
    with travel("2027-07-01T12:00+02:00"):
        more = difference(subscription, ["news", "presentation"])
        assert more.now_net > 0 and more.added == {"presentation"}
        with pytest.raises(PriceMoved):
            change_modules(subscription=subscription, modules=["news", "presentation"], expected=1, author="a@x")
        for _twice in range(2):
            change_modules(
                subscription=subscription, modules=["news", "presentation"], expected=more.now_net, author="a@x"
            )
        assert Invoice.objects.order_by("issued_at").last().net == more.now_net
        back = difference(subscription, ["news"])
        assert back.now_net == -more.now_net
        change_modules(subscription=subscription, modules=["news"], expected=back.now_net, author="a@x")
    assert [each.kind for each in Invoice.objects.order_by("issued_at")] == ["invoice", "invoice", "credit_note"]
    assert sum(each.net for each in Invoice.objects.all()) == total(bought(Term.objects.get()))
    note = Invoice.objects.get(kind="credit_note")
    credited = Invoice.objects.get(number=note.content["cancels"])
    assert left_of(credited) == credited.total + note.total < credited.total


def test_nothing_is_changed_where_nothing_was_ordered(commune: Commune) -> None:
    with pytest.raises(NoTerm):
        difference(Space.objects.get(commune=commune).subscription, ["news"])


@travel(NOON, tick=False)
def test_a_wrong_invoice_is_taken_back_whole_and_asked_for_anew(commune: Commune) -> None:
    ordered(quoted(commune, "news"))
    term, invoice = Term.objects.get(), Invoice.objects.get()
    note = cancel(invoice=invoice, reason="SIRET d’un autre", author="op@x")
    assert cancel(invoice=invoice, reason="encore", author="op@x") == note
    assert (note.net, note.total) == (-invoice.net, -invoice.total)
    with pytest.raises(NotThis):
        cancel(invoice=note, reason="non", author="op@x")
    (again,) = invoice_term(term, date(2027, 3, 10), author="x")
    assert again.net == invoice.net


@travel(NOON, tick=False)
def test_a_payment_is_written_once_and_its_reference_is_its_own(commune: Commune) -> None:
    ordered(quoted(commune, "news"))
    invoice = Invoice.objects.get()
    paid = {"received_on": date(2027, 4, 2), "source": "transfer", "author": "op@x", "invoice": invoice}
    first = record_payment(cents=100, reference="VIR 1", **paid)
    assert record_payment(cents=100, reference="VIR 1", **paid) == first
    with pytest.raises(ValidationError):
        record_payment(cents=200, reference="VIR 1", **paid)
    assert outstanding(invoice) == invoice.total - 100


@travel(NOON, tick=False)
def test_sms_are_there_and_asked_for_at_once(commune: Commune) -> None:
    with enter(f"c{commune.insee}"):
        before = balance()
    ordered(quoted(commune, sms={"500": 2}, aligned=False))
    with enter(f"c{commune.insee}"):
        assert balance() == before + 1000
    assert Invoice.objects.get().net == 2 * book_in_force().sms_pack("500").cents


@travel(NOON, tick=False)
def test_sms_whose_invoice_was_cancelled_are_asked_for_anew_and_not_given_twice(commune: Commune) -> None:
    order = ordered(quoted(commune, sms={"500": 2}, aligned=False))
    with enter(f"c{commune.insee}"):
        before = balance()
    first = Invoice.objects.get()
    cancel(invoice=first, reason="SIRET faux", author="op@x")
    for _ in range(2):
        advance(Subscription.objects.get(commune=commune))
    again = Invoice.objects.exclude(pk=first.pk).get(kind=Invoice.Kind.INVOICE)
    assert (again.net, again.order) == (first.net, order)
    with enter(f"c{commune.insee}"):
        assert balance() == before


@travel(NOON, tick=False)
def test_what_is_cancelled_long_after_its_term_is_asked_for_anew(commune: Commune) -> None:
    ordered(quoted(commune, "news"))
    first = Invoice.objects.get()
    with travel("2029-06-01T12:00+02:00", tick=False):
        cancel(invoice=first, reason="SIRET faux", author="op@x")
        for _ in range(2):
            invoice_due(Subscription.objects.select_related("commune").get(commune=commune))
    again = Invoice.objects.exclude(pk=first.pk).get(kind=Invoice.Kind.INVOICE)
    assert again.net == first.net
