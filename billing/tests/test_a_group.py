"""An EPCI that orders for its communes: a term for each, one invoice a period for them all, read where it ordered."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from billing.actions.advancing import advance
from billing.actions.changing import change_modules, difference
from billing.actions.ending import end_now
from billing.actions.invoicing import cancel, invoice_term
from billing.actions.ordering import Orderer, References, accept_order, order_quote
from billing.actions.quoting import make_quote
from billing.models import Invoice, Order, Recipient, Subscription, Term
from billing.papers import siret_of_siren
from billing.prices import Period, Rhythm, price
from billing.queries.arrears import unpaid_by_all
from billing.queries.books import book_in_force
from billing.queries.money import outstanding_of, standing_nets
from billing.queries.offers import Buyer, Contact
from billing.queries.pricing import keys_of
from billing.queries.situation import standing_of
from billing.queries.terms import asked_for
from billing.tests.living import letters, of
from tenants.models import Commune
from tests.cast import Cast

On = Callable[[str], Client]
SIREN = "200000008"
WHO = "achats@cc-beffroi.exemple"
NOON = "2027-03-10T12:00+01:00"


def group_ordered(cast: Cast, moment: str, modules: tuple[str, ...] = ("news", "alerts")) -> Order:
    """Two communes that are open, and one that is not."""
    communes = list(Commune.objects.filter(pk__in=[cast.aubin.insee, cast.belleville.insee, cast.calme_insee]))
    assert len(communes) == 3
    quote = make_quote(
        account_facts=Buyer(name="CC du Beffroi", departement="80", siren=SIREN),
        wanted=dict.fromkeys(communes, modules),
        rhythm=Rhythm.YEARLY,
        aligned=True,
        start=None,
        moment=moment,
        contact=Contact("Sam", "Acheteur", WHO),
    )
    order = order_quote(
        quote=quote,
        means=Order.Means.PURCHASE_ORDER,
        by=Orderer("Sam", "Acheteur", WHO),
        references=References(siret=siret_of_siren(SIREN), order_reference="BC-1"),
        moment=moment,
    )
    return accept_order(order=order, author="op@x")


@travel(NOON, tick=False)
def test_one_invoice_asks_for_all_its_communes_that_are_open(cast: Cast) -> None:
    order = group_ordered(cast, "start")
    invoice = Invoice.objects.get()
    served = order.terms.exclude(subscription__space=None)
    assert set(invoice.terms.all()) == set(served) and served.count() == 2
    assert 0 < invoice.net < order.quote.net
    labels = {line["label"].split(" : ")[0] for line in invoice.content["lines"]}
    assert labels == set(served.values_list("subscription__commune__name", flat=True))
    for term in order.terms.all():
        advance(term.subscription)
    assert Invoice.objects.count() == 1, "the night asks for nothing twice"


@travel(NOON, tick=False)
def test_each_commune_is_asked_for_by_its_own_population_less_the_discount(cast: Cast) -> None:
    group_ordered(cast, "start")
    for term in Term.objects.exclude(subscription__space=None).select_related("subscription__commune"):
        (period,) = [(i.first, i.last) for i in term.invoices.all()]
        listed = {
            (item.key, item.cents)
            for item in price(
                book_in_force(),
                population=term.subscription.commune.population,
                rhythm=Rhythm.YEARLY,
                modules=keys_of(["news", "alerts"]),
                communes=3,
            ).items
        }
        assert set(asked_for(term, _period(*period))) == listed


@travel(NOON, tick=False)
def test_its_papers_go_to_who_ordered_and_not_to_its_mairies(cast: Cast) -> None:
    order = group_ordered(cast, "start")
    invoice = Invoice.objects.get()
    title = f"Facture {invoice.number}"
    assert title in letters(WHO)
    assert title not in letters("administrator@aubin.example")
    Recipient.objects.create(account=order.quote.account, email="compta@cc-beffroi.exemple", added_by="a")
    cancel(invoice=invoice, reason="SIRET faux", author="op@x")
    assert [each for each in letters("compta@cc-beffroi.exemple") if "Avoir" in each]


def test_after_service_one_invoice_asks_for_those_that_were_served(cast: Cast) -> None:
    with travel(NOON, tick=False):
        order = group_ordered(cast, "end")
        assert not Invoice.objects.exists()
    with travel("2028-01-02T09:00+01:00", tick=False):
        for subscription in _open():
            advance(subscription)
    invoice = Invoice.objects.get()
    assert invoice.terms.count() == 2
    assert 0 < invoice.net < order.quote.net
    with travel("2028-04-10T09:00+02:00", tick=False):
        for subscription in _open():
            advance(subscription)
            assert standing_of(subscription).late_since == invoice.due_on
        late = [each for each in letters(WHO) if "pas vu son paiement" in each]
        assert len(late) == 1, "one word for one invoice"
        (unpaid,) = unpaid_by_all()
        assert set(unpaid.communes) == {cast.aubin.insee, cast.belleville.insee}


@travel(NOON, tick=False)
def test_the_commune_that_ordered_these_days_already_is_named(cast: Cast, client_on: On) -> None:
    group_ordered(cast, "end")
    Commune.objects.filter(pk__in=[cast.aubin.insee, cast.doux.insee]).update(epci_siren=SIREN, epci_name="CC")
    said = {"c": [cast.aubin.insee, cast.doux.insee], "modules": ["news"], "rhythm": "yearly", "ends": "12"}
    who = {"name": "Sam", "capacity": "Acheteur", "email": WHO}
    page = client_on(cast.portal_host).post(f"/devis/intercommunalite/{SIREN}/modules/", said | who)
    assert page.status_code == 422
    (sentence,) = page.context["form"].errors["start"]
    assert "Déjà commandé par : Saint-Aubin." in sentence
    assert "1er janvier 2028" in sentence


@travel(NOON, tick=False)
def test_a_cancelled_one_is_given_back_by_commune_and_asked_for_anew(cast: Cast) -> None:
    order = group_ordered(cast, "start")
    first = Invoice.objects.get()
    note = cancel(invoice=first, reason="SIRET faux", author="op@x")
    assert note.net == -first.net
    for term in order.terms.all():
        assert not asked_for(term, _period(first.first, first.last))
    for subscription in _open():
        advance(subscription)
    again = Invoice.objects.exclude(pk=first.pk).get(kind=Invoice.Kind.INVOICE)
    assert again.net == first.net


@travel(NOON, tick=False)
def test_a_commune_that_leaves_is_given_back_alone(cast: Cast) -> None:
    order = group_ordered(cast, "start")
    first = Invoice.objects.get()
    gone = order.terms.get(subscription__commune=cast.aubin.insee)
    Term.objects.filter(pk=gone.pk).update(cut_on=gone.first, cut_by="x")
    for subscription in _open():
        advance(subscription)
    note = Invoice.objects.get(kind=Invoice.Kind.CREDIT_NOTE)
    assert list(note.terms.all()) == [gone]
    back = cancel(invoice=first, reason="tout est refait", author="op@x")
    assert first.net + note.net + back.net == 0
    assert {part["term"] for part in back.parts} == {str(each.pk) for each in first.terms.all()} - {str(gone.pk)}


@travel(NOON, tick=False)
def test_what_an_erased_commune_was_given_is_asked_for_anew_with_the_others(cast: Cast) -> None:
    group_ordered(cast, "start")
    first, gone = Invoice.objects.get(), of(cast.aubin)
    with travel("2027-04-10T12:00+02:00", tick=False):
        end_now(subscription=gone, reason="elle ferme", author="op@x")
        advance(gone)
    owed = sum(each.net for each in Invoice.objects.all())
    assert 0 < owed < first.net
    Subscription.objects.filter(pk=gone.pk).update(space=None, erased_at="2027-07-20T12:00Z")
    with travel("2027-09-10T12:00+02:00", tick=False):
        cancel(invoice=first, reason="SIRET faux", author="op@x")
        advance(of(cast.belleville))
    assert sum(each.net for each in Invoice.objects.all()) == owed


@travel(NOON, tick=False)
def test_no_more_is_taken_off_an_invoice_than_it_asked_for_the_commune(cast: Cast) -> None:
    group_ordered(cast, "start", ("news",))
    first, leaving = Invoice.objects.get(), of(cast.aubin)
    more = difference(leaving, ["news", "alerts"]).now_net
    with travel("2027-03-10T13:00+01:00", tick=False):
        change_modules(subscription=leaving, modules=["news", "alerts"], expected=more, author="op@x")
    second = Invoice.objects.exclude(pk=first.pk).get()
    end_now(subscription=leaving, reason="elle ferme", author="op@x")
    advance(leaving)
    left = standing_nets(leaving.terms.get(), [first, second])
    assert left == {first.number: 0, second.number: 0}
    assert outstanding_of([second]) == {second.number: 0}


@travel(NOON, tick=False)
def test_asking_takes_as_many_statements_for_two_communes_as_for_one(cast: Cast) -> None:
    order = group_ordered(cast, "start")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            invoice_term(order.terms.all()[0], date(2027, 3, 10), author="op@x")
        counts.append(len(statements))
        Subscription.objects.filter(commune=cast.aubin.insee).update(space=None)
    assert counts[0] == counts[1]


@travel(NOON, tick=False)
def test_its_invoices_are_read_at_the_address_of_its_quote_and_at_no_other(cast: Cast, client_on: On) -> None:
    portal = client_on(cast.portal_host)
    order = group_ordered(cast, "start")
    invoice = Invoice.objects.get()
    page = portal.get(f"/devis/{order.quote_id}/").content.decode()
    assert page.count("de l’ouverture de son espace au") == 1, "of the one that is not open"
    file = f"/devis/{order.quote_id}/factures/{invoice.pk}/"
    assert invoice.number in page and file in page and "à payer avant le" in page
    answer = portal.get(file)
    assert b"factur-x.xml" in answer.content and "no-store" in answer["Cache-Control"]
    stranger = make_quote(
        account_facts=Buyer(name="CC du Beffroi", departement="80", siren=SIREN),
        wanted={Commune.objects.get(pk=cast.calme_insee): ["news"]},
        rhythm=Rhythm.YEARLY,
        aligned=False,
        start=date(2028, 5, 1),
        moment="end",
        contact=Contact("Sam", "Acheteur", WHO),
    )
    assert portal.get(f"/devis/{stranger.pk}/factures/{invoice.pk}/").status_code == 404


def _open() -> list[Subscription]:
    rows = Subscription.objects.select_related("commune", "space", "account").exclude(space=None)
    return list(rows.filter(terms__isnull=False).distinct())


def _period(first: date | None, last: date | None) -> Period:
    assert first and last
    return Period(first, last)


@pytest.fixture(autouse=True)
def _no_trial(cast: Cast) -> None:
    """Their trials are over."""
    Subscription.objects.update(trial_until=date(2027, 3, 9), began_on=date(2027, 1, 1))
