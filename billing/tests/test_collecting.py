"""Invoices collected by Stripe: the same amounts, asked once, by us and when they are due."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from billing.collecting import (
    NothingToPay,
    Unavailable,
    catch_up,
    collect,
    hear,
    offered,
    payment_url,
    portal_url,
    setup_url,
)
from billing.models import Account, Payment, StripeInvoice
from billing.tests.stripes import contest_mandate, give, invoice, means, payer
from deploy.local.stripe import Stripe, paying, people, subscribing
from tenants.models import Commune
from tests.cast import Cast

BACK = "https://aubin.beffroi.test/mairie/abonnement/"


@pytest.fixture
def account(cast: Cast) -> Account:
    return payer(Commune.objects.get(space__schema_name=cast.aubin.schema_name))


def told(stripe: Stripe) -> list[Any]:
    return [hear(event) for event in stripe.untold()]


def with_mandate(stripe: Stripe, account: Account, last4: str = "2606", kind: str = "sepa_debit") -> Account:
    assert give(stripe, setup_url(account, BACK), last4, kind)
    told(stripe)
    account.refresh_from_db()
    return account


def paid(number: str) -> list[int]:
    return list(Payment.objects.filter(invoice__number=number).order_by("recorded_at").values_list("cents", flat=True))


def test_without_keys_nothing_is_offered_nor_asked(account: Account) -> None:
    asked = invoice(account, "FAC-1")
    assert not offered()
    assert catch_up() is None
    for ask in (lambda: setup_url(account, BACK), lambda: payment_url(asked, BACK), lambda: portal_url(account, BACK)):
        with pytest.raises(Unavailable):
            ask()


def test_a_stripe_that_does_not_answer_is_said(stripe: Stripe, account: Account) -> None:
    stripe.trouble = lambda method, url: "before"
    with pytest.raises(Unavailable):
        setup_url(account, BACK)


def test_an_account_that_pays_by_transfer_is_not_told_to_stripe(stripe: Stripe, account: Account) -> None:
    invoice(account, "FAC-1")
    assert catch_up() is None
    assert not stripe.held


def test_a_mirror_has_our_amounts_and_our_number_and_is_sent_to_nobody(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account)
    ours = invoice(account, "FAC-1", net=10001)
    catch_up()
    mirror = stripe.held[StripeInvoice.objects.get(invoice=ours).stripe_id]
    assert (mirror["status"], mirror["total"], mirror["description"]) == ("open", ours.total, "FAC-1")
    assert [line["amount"] for line in mirror["lines"]["data"]] == [3333, 6668, 2000]
    assert (mirror["collection_method"], mirror["auto_advance"]) == ("send_invoice", False)
    assert mirror["due_date"] - mirror["created"] == 30 * 86400
    assert stripe.held[account.stripe_customer]["email"] is None


def test_a_mirror_that_would_ask_another_sum_is_opened_by_nobody(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account)
    ours = invoice(account, "FAC-1")
    type(ours).objects.filter(pk=ours.pk).update()
    ours.content = {"lines": [{"label": "Autre", "net": ours.net - 1}]}
    with pytest.raises(Exception, match="FAC-1 is 12000 here and 11999 at Stripe"):
        collect(ours)
    assert next(stripe.all("invoice"))["status"] == "draft"


def test_a_debit_is_asked_on_the_due_day_and_not_before(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account)
    due = timezone.localdate() + timedelta(days=3)
    invoice(account, "FAC-1", due=due)
    wakes = catch_up()
    assert wakes is not None and wakes.date() == due
    assert not list(stripe.all("payment_intent"))
    catch_up(due)
    catch_up(due)
    assert [each["status"] for each in stripe.all("payment_intent")] == ["processing"]
    assert paid("FAC-1") == []
    paying.settle_all(stripe)
    told(stripe)
    assert paid("FAC-1") == [12000]
    assert StripeInvoice.objects.get().status == "paid"


def test_a_card_that_says_no_is_noted_and_asked_once(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account, "4242", "card")
    means(stripe, account)[0]["card"]["last4"] = "0002"
    invoice(account, "FAC-1", due=date(2026, 1, 31))
    for _time in range(3):
        catch_up()
    assert len(list(stripe.all("payment_intent"))) == 1
    assert StripeInvoice.objects.get().failure == "card_declined"
    with_mandate(stripe, account, "4242", "card")
    catch_up()
    told(stripe)
    assert paid("FAC-1") == [12000]
    assert StripeInvoice.objects.get().failure == ""


def test_the_last_means_of_payment_given_is_the_only_one(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account, "2606")
    assert account.method == "sepa_debit"
    with_mandate(stripe, account, "4242", "card")
    assert account.method == "card"
    assert [each["type"] for each in means(stripe, account)] == ["card"]


@pytest.mark.parametrize("way", ["taken back", "mandate", "customer"])
def test_who_takes_its_means_of_payment_back_pays_by_transfer(stripe: Stripe, account: Account, way: str) -> None:
    with_mandate(stripe, account)
    if way == "taken back":
        people.detach(stripe, {}, means(stripe, account)[0]["id"])
    elif way == "mandate":
        contest_mandate(stripe, account)
    else:
        people.delete(stripe, {}, account.stripe_customer)
    told(stripe)
    account.refresh_from_db()
    assert (account.method, account.stripe_payment_method) == ("transfer", "")


def test_a_customer_that_was_deleted_is_followed_by_another(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account)
    first = account.stripe_customer
    people.delete(stripe, {}, first)
    told(stripe)
    account.refresh_from_db()
    with_mandate(stripe, account)
    assert account.stripe_customer not in ("", first)


def test_one_invoice_is_paid_on_a_page(stripe: Stripe, account: Account) -> None:
    ours = invoice(account, "FAC-1")
    url = payment_url(ours, BACK)
    assert give(stripe, url, "4242", "card")
    told(stripe)
    assert paid("FAC-1") == [12000]
    with pytest.raises(NothingToPay):
        payment_url(ours, BACK)


@pytest.mark.parametrize(("last4", "kind", "received"), [("4242", "card", [12000]), ("2606", "sepa_debit", [])])
def test_what_was_paid_and_is_not_told_yet_is_asked_for_no_second_time(
    stripe: Stripe, account: Account, last4: str, kind: str, received: list[int]
) -> None:
    ours = invoice(account, "FAC-1")
    assert give(stripe, payment_url(ours, BACK), last4, kind)
    with pytest.raises(NothingToPay):
        payment_url(ours, BACK)
    assert paid("FAC-1") == received
    told(stripe)
    assert paid("FAC-1") == received


def test_a_page_asks_what_is_left_and_the_former_page_is_closed(stripe: Stripe, account: Account) -> None:
    ours = invoice(account, "FAC-1")
    first = payment_url(ours, BACK)
    Payment.objects.create(
        invoice=ours, cents=2000, received_on=date(2026, 11, 30), source="transfer", reference="v", recorded_by="x"
    )
    second = payment_url(ours, BACK)
    states = [stripe.held[url.rsplit("/", 1)[1]]["status"] for url in (first, second)]
    assert states == ["expired", "open"]
    assert stripe.held[second.rsplit("/", 1)[1]]["amount_total"] == 10000


def test_what_is_paid_on_a_page_is_asked_of_no_mandate(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account)
    ours = invoice(account, "FAC-1", due=timezone.localdate() + timedelta(days=1))
    catch_up()
    give(stripe, payment_url(ours, BACK))
    told(stripe)
    with pytest.raises(NothingToPay):
        payment_url(ours, BACK)
    catch_up(timezone.localdate() + timedelta(days=2))
    paying.settle_all(stripe)
    told(stripe)
    catch_up(timezone.localdate() + timedelta(days=2))
    assert paid("FAC-1") == [12000]
    assert len(list(stripe.all("payment_intent"))) == 1
    mirror = next(stripe.all("invoice"))
    assert (mirror["status"], mirror["amount_paid"]) == ("paid", 0)


def test_what_is_paid_by_transfer_is_asked_of_no_mandate(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account)
    ours = invoice(account, "FAC-1", due=date(2026, 1, 31))
    collect(ours)
    Payment.objects.create(
        invoice=ours, cents=12000, received_on=date(2026, 1, 30), source="transfer", reference="v", recorded_by="x"
    )
    catch_up()
    told(stripe)
    assert not list(stripe.all("payment_intent"))
    assert next(stripe.all("invoice"))["status"] == "paid"
    assert paid("FAC-1") == [12000]


def test_a_cancelled_invoice_is_asked_no_more(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account)
    ours = invoice(account, "FAC-1", due=timezone.localdate() + timedelta(days=1))
    catch_up()
    invoice(account, "AV-1", net=-10000, kind="credit_note", cancels=ours)
    catch_up(timezone.localdate() + timedelta(days=2))
    assert [each["status"] for each in stripe.all("invoice")] == ["void"]
    assert not list(stripe.all("payment_intent"))


@pytest.mark.parametrize(
    ("acts", "cents"),
    [
        (["refund"], [12000, -12000]),
        (["refund", "refund fails"], [12000, -12000, 12000]),
        (["dispute"], [12000, -12000]),
        (["part"], [12000, -500]),
    ],
)
def test_money_that_goes_back_is_written_down(
    stripe: Stripe, account: Account, acts: list[str], cents: list[int]
) -> None:
    give(stripe, payment_url(invoice(account, "FAC-1"), BACK))
    paying.settle_all(stripe)
    intent = next(stripe.all("payment_intent"))
    for act in acts:
        told(stripe)
        if act == "refund fails":
            paying.fail_refund(stripe, next(stripe.all("refund")))
        elif act == "dispute":
            paying.dispute(stripe, intent)
        else:
            amount = {"amount": "500"} if act == "part" else {}
            paying.refund(stripe, {"payment_intent": intent["id"], **amount})
    told(stripe)
    assert paid("FAC-1") == cents


def test_stripes_own_clock_asks_for_nothing(stripe: Stripe, account: Account) -> None:
    with_mandate(stripe, account)
    product = next(iter(stripe.all("product")), None) or stripe.make("product", "beffroi-base", active=True)
    price = stripe.make("price", type="recurring", recurring={"interval": "year", "interval_count": 1},
                        unit_amount=100, unit_amount_decimal="100", product=product["id"])  # fmt: skip
    made = subscribing.create(stripe, {"customer": account.stripe_customer, "items": [{"price": price["id"]}],
        "collection_method": "send_invoice", "days_until_due": "30", "proration_behavior": "none",
        "billing_cycle_anchor": str(stripe.moment() + 1000)})  # fmt: skip
    subscribing.update(stripe, {"pause_collection": {"behavior": "void"}, "proration_behavior": "none"}, made["id"])
    subscribing.cycle(stripe, made)
    told(stripe)
    assert [each["status"] for each in stripe.all("invoice")] == ["void"]
    assert not Payment.objects.exists()
