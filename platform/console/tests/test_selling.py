"""Orders, grants, payments and papers: refusals first, everything once, and the second of two is told."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.actions.advancing import advance
from billing.actions.ordering import Orderer, References, order_quote
from billing.actions.quoting import make_quote
from billing.models import Account, Grant, Invoice, Order, Payment, Subscription
from billing.papers import siret_of_siren
from billing.prices import Rhythm
from billing.queries.offers import Buyer, Contact
from console.month import month_of
from console.tests.conftest import noted
from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.models import Commune
from tests.cast import Cast

SIREN = "732829320"
WHO = ("Maud", "Maire", "maud@exemple.fr")


@pytest.fixture
def order(cast: Cast) -> Order:
    commune = Commune.objects.get(pk=cast.aubin.insee)
    Account.objects.filter(commune=commune).update(siren=SIREN)
    quote = make_quote(
        account_facts=Buyer.commune(commune), wanted={commune: ["news"]}, rhythm=Rhythm.YEARLY,
        aligned=False, start=None, moment="start", contact=Contact(*WHO),
    )  # fmt: skip
    return order_quote(
        quote=quote, means=Order.Means.PURCHASE_ORDER, by=Orderer(*WHO), moment="start",
        references=References(siret=siret_of_siren(SIREN), order_reference="BC-7"),
    )  # fmt: skip


@pytest.fixture
def invoice(order: Order, console: Client) -> Invoice:
    console.post(f"/commandes/{order.pk}/accepter/")
    return Invoice.objects.get(order=order)


def verbs() -> list[str]:
    return [entry.verb for entry in noted()]


def text(page: Any) -> str:
    html: str = page.content.decode()
    return html.replace("\u202f", " ").replace("\u00a0", " ")


def page_of(cast: Cast, more: str = "") -> str:
    return f"/communes/{cast.aubin.insee}/abonnement/{more}"


def test_what_does_not_exist_is_not_found(cast: Cast, console: Client) -> None:
    for address in (f"/commandes/{uuid4()}/", f"/papiers/{uuid4()}/", f"/communes/12013/factures/{uuid4()}/annuler/"):
        assert console.get(address).status_code == 404
    for address in (f"/commandes/{uuid4()}/accepter/", f"/commandes/{uuid4()}/refuser/"):
        assert console.post(address, {"reason": "Non."}).status_code == 404
    for key in ("", "zq", str(uuid4())):
        assert console.post(page_of(cast, "reprendre/"), {"grant": key}).status_code == 404


def test_an_order_waits_and_its_file_is_read(order: Order, console: Client) -> None:
    assert order.number in text(console.get("/commandes/"))
    page = text(console.get(f"/commandes/{order.pk}/"))
    assert "BC-7" in page and siret_of_siren(SIREN) in page
    assert console.get(f"/papiers/{order.quote.paper_id}/").content.startswith(b"%PDF")


def test_what_each_commune_of_a_group_takes_is_read(cast: Cast, console: Client) -> None:
    wanted = {Commune.objects.get(pk=cast.aubin.insee): ["news"], Commune.objects.get(pk="23031"): ["news", "alerts"]}
    quote = make_quote(
        account_facts=Buyer(name="CC du Beffroi", departement="80", siren=SIREN), wanted=wanted,
        rhythm=Rhythm.YEARLY, aligned=False, start=None, moment="start", contact=Contact(*WHO),
    )  # fmt: skip
    assert "<small>2 communes · Actualités, Alertes (1)</small>" in text(console.get("/devis/"))
    order = order_quote(
        quote=quote, means=Order.Means.PURCHASE_ORDER, by=Orderer(*WHO), moment="start",
        references=References(siret=siret_of_siren(SIREN), order_reference="BC-8"),
    )  # fmt: skip
    page = text(console.get(f"/commandes/{order.pk}/"))
    assert "Saint-Aubin</a> <small>Actualités</small>" in page
    assert "Calme</a> <small>Actualités, Alertes</small>" in page


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "a\0b"])
def test_a_refusal_needs_a_reason(order: Order, console: Client, reason: str) -> None:
    assert console.post(f"/commandes/{order.pk}/refuser/", {"reason": reason}).status_code == 422
    order.refresh_from_db()
    assert order.refused_at is None


def test_an_order_is_accepted_once_and_who_comes_second_is_told(order: Order, console: Client, cast: Cast) -> None:
    for _ in range(2):
        assert console.post(f"/commandes/{order.pk}/accepter/").status_code == 302
    assert verbs().count("order.accepted") == 1
    page = text(console.post(f"/commandes/{order.pk}/refuser/", {"reason": "Non."}, follow=True))
    assert "déjà acceptée" in page and cast.operator.email in page
    order.refresh_from_db()
    assert order.accepted_at and not order.refused_at
    assert "order.refused" not in verbs()


def test_a_refused_order_sends_its_reason(order: Order, console: Client) -> None:
    console.post(f"/commandes/{order.pk}/refuser/", {"reason": "Il manque la signature."})
    with entered(OPERATOR):
        assert "Il manque la signature." in OutgoingEmail.objects.order_by("-created_at").first().text
    assert verbs()[0] == "order.refused"
    assert "Refusées · 1" in text(console.get("/commandes/", {"etat": "refused"}))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"module": "zq"}, "module"), ({"reason": ""}, "reason"), ({"until": "2000-01-01"}, "until")],
)
def test_a_grant_that_cannot_be_is_refused(cast: Cast, console: Client, wrong: dict[str, str], field: str) -> None:
    page = console.post(page_of(cast, "offrir/"), {"module": "news", "reason": "Essai", **wrong})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert not Grant.objects.exists()


def test_a_module_is_given_once_and_taken_back_once(cast: Cast, console: Client) -> None:
    for _ in range(2):
        console.post(page_of(cast, "offrir/"), {"module": "news", "reason": "Commune pilote"})
    grant = Grant.objects.get()
    assert "Commune pilote" in text(console.get(page_of(cast)))
    for _ in range(2):
        assert console.post(page_of(cast, "reprendre/"), {"grant": str(grant.pk)}).status_code == 302
    assert verbs().count("subscription.granted") == verbs().count("subscription.withdrawn") == 1


def test_a_neighbours_gift_is_not_taken_back_from_here(cast: Cast, console: Client) -> None:
    console.post(f"/communes/{cast.belleville.insee}/abonnement/offrir/", {"module": "news", "reason": "Essai"})
    assert console.post(page_of(cast, "reprendre/"), {"grant": str(Grant.objects.get().pk)}).status_code == 404
    assert Grant.objects.get().withdrawn_at is None


@pytest.mark.parametrize("euros", ["", "0", "-3", "1,234", "beaucoup", "9" * 30, "NaN"])
def test_a_payment_is_an_amount(cast: Cast, invoice: Invoice, console: Client, euros: str) -> None:
    said = {"invoice": invoice.number, "euros": euros, "received_on": "2026-01-02", "reference": "VIR 1"}
    assert console.post(page_of(cast, "virement/"), said).status_code == 422
    assert not Payment.objects.exists()


def test_a_transfer_is_recorded_once(cast: Cast, invoice: Invoice, console: Client) -> None:
    said = {"invoice": invoice.number, "euros": "12,50", "received_on": "2026-01-02", "reference": "VIR 1"}
    for _ in range(2):
        assert console.post(page_of(cast, "virement/"), said).status_code == 302
    assert Payment.objects.get().cents == 1250
    assert verbs().count("subscription.paid") == 1
    other = console.post(page_of(cast, "virement/"), {**said, "euros": "13"})
    assert other.status_code == 422 and "reference" in other.context["form"].errors
    assert console.post(page_of(cast, "virement/"), {**said, "invoice": "FAC-1999-000001"}).status_code == 422


def test_an_invoice_is_cancelled_once_with_a_reason(cast: Cast, invoice: Invoice, console: Client) -> None:
    address = f"/communes/{cast.aubin.insee}/factures/{invoice.pk}/annuler/"
    assert console.post(address, {"reason": ""}).status_code == 422
    neighbour = address.replace(cast.aubin.insee, cast.belleville.insee)
    assert console.post(neighbour, {"reason": "Erreur"}).status_code == 404
    assert console.post(address, {"reason": "Mauvais SIRET"}).status_code == 302
    again = console.post(address, {"reason": "Mauvais SIRET"})
    assert again.status_code == 422 and "déjà annulée" in again.content.decode()
    assert Invoice.objects.filter(cancels=invoice).count() == 1
    assert verbs().count("subscription.cancelled") == 1


def test_what_is_cancelled_of_an_erased_commune_is_asked_for_anew_at_once(
    cast: Cast, invoice: Invoice, console: Client
) -> None:
    Subscription.objects.filter(commune=cast.aubin.insee).update(space=None, erased_at=timezone.now())
    console.post(f"/communes/{cast.aubin.insee}/factures/{invoice.pk}/annuler/", {"reason": "Mauvais SIRET"})
    again = Invoice.objects.filter(kind=Invoice.Kind.INVOICE).exclude(pk=invoice.pk).get()
    assert again.net == invoice.net


def test_the_totals_of_the_month_are_those_of_the_rows(cast: Cast, invoice: Invoice, console: Client) -> None:
    page = console.get("/factures/")
    assert sum(each.total for each in page.context["page"]) == page.context["month"].invoiced == invoice.total
    day = invoice.issued_on.isoformat()
    said = {"invoice": invoice.number, "euros": "10", "received_on": day, "reference": "VIR 2"}
    console.post(page_of(cast, "virement/"), said)
    received = console.get("/factures/", {"vue": "recu"})
    assert sum(each.cents for each in received.context["page"]) == month_of(invoice.issued_on).received == 1000
    late = console.get("/factures/", {"vue": "retard"})
    assert sum(each.cents for each in late.context["page"]) == late.context["month"].late == 0
    row = next(each for each in console.get("/abonnements/").context["page"] if each.commune.pk == cast.aubin.insee)
    assert row.unpaid == invoice.total - 1000


def test_another_commune_pays_from_a_day_on(cast: Cast, invoice: Invoice, console: Client) -> None:
    for code in ("99999", cast.aubin.insee, "zq"):
        assert console.post(page_of(cast, "payeur/"), {"insee": code, "on": "2026-12-01"}).status_code == 422
    Commune.objects.filter(pk="69019").update(siren=SIREN)
    said = {"insee": "69019", "on": timezone.localdate().isoformat()}
    for wrong in ("", "123", siret_of_siren("200000008")):
        refused = console.post(page_of(cast, "payeur/"), said | {"siret": wrong})
        assert refused.status_code == 422 and refused.context["form"].errors.keys() == {"siret"}
    assert console.post(page_of(cast, "payeur/"), said | {"siret": siret_of_siren(SIREN)}).status_code == 302
    subscription = Subscription.objects.get(commune=cast.aubin.insee)
    assert subscription.account.commune_id == "69019"
    advance(subscription)
    assert [each.kind for each in invoice.account.invoices.all()] == ["credit_note", "invoice"]
    assert subscription.account.invoices.get().total == invoice.total
    assert "subscription.merged" in verbs()


def test_a_subscription_is_ended_once(cast: Cast, console: Client) -> None:
    assert console.post(page_of(cast, "terminer/"), {"reason": ""}).status_code == 422
    for _ in range(2):
        assert console.post(page_of(cast, "terminer/"), {"reason": "À leur demande"}).status_code == 302
    assert verbs().count("subscription.ended") == 1


@pytest.mark.parametrize("query", [{"q": "\0'%"}, {"etat": "zq"}, {"page": "-1"}, {"mois": "9999-99"}, {"vue": "x"}])
def test_whatever_is_asked_is_answered(cast: Cast, console: Client, query: dict[str, str]) -> None:
    for address in ("/abonnements/", "/commandes/", "/devis/", "/factures/"):
        assert console.get(address, query).status_code == 200


def test_two_thousand_subscriptions_take_as_many_statements_as_three(cast: Cast, console: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert console.get("/abonnements/").status_code == 200
        return len(seen)

    few = asked()
    sample = Subscription.objects.get(commune=cast.aubin.insee)
    communes = Commune.objects.bulk_create(
        Commune(insee=f"{number:05}", name=f"Val {number}", folded="val", sort_key="val", slug=f"val-{number}",
                departement="23", region="75", population=number) for number in range(30000, 32000)
    )  # fmt: skip
    Subscription.objects.bulk_create(
        Subscription(commune=each, account=sample.account, began_on=sample.began_on, trial_until=sample.trial_until)
        for each in communes
    )
    assert asked() == few
