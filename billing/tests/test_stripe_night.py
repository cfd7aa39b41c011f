"""Every night what Stripe and we say is compared, and each difference is told once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from billing.collecting import catch_up, night
from billing.models import Account, Payment, StripeDifference
from billing.tests.stripes import invoice, letters, said
from core.audit.models import Entry
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from deploy.local.stripe import Stripe, invoicing, paying, people


def test_where_all_is_the_same_nothing_is_said(stripe: Stripe, debited: Account) -> None:
    invoice(debited, "FAC-1", due=date(2026, 1, 31))
    assert night() == 0
    paying.settle_all(stripe)
    assert night() == 0
    assert (said(), letters()) == ([], 0)
    assert Payment.objects.get().cents == 12000


def test_what_was_never_heard_is_heard_at_night(stripe: Stripe, debited: Account) -> None:
    invoice(debited, "FAC-1", due=date(2026, 1, 31))
    catch_up()
    paying.settle_all(stripe)
    stripe.untold()
    assert not Payment.objects.exists()
    assert night() == 0
    assert Payment.objects.get().cents == 12000


def test_a_difference_is_told_once_and_is_gone_when_it_is(stripe: Stripe, debited: Account) -> None:
    stranger = stripe.make("customer", name="Inconnu")
    assert night() == 1
    assert night() == 0
    assert said() == [("Inconnu", f"Stripe a un client {stranger['id']} que nous n’avons pas.")]
    assert letters() == 1
    with entered(OPERATOR):
        assert Entry.objects.filter(verb="billing.stripe_differs", target="Inconnu").count() == 1
    people.delete(stripe, {}, stranger["id"])
    assert night() == 0
    assert said() == []
    assert StripeDifference.objects.get().gone_at is not None


def lies_of_amount(stripe: Stripe, debited: Account) -> str:
    next(stripe.all("invoice"))["total"] = 1
    return "0,01"


def strange_invoice(stripe: Stripe, debited: Account) -> str:
    invoicing.draft(stripe, debited.stripe_customer, "send_invoice", 30, {})
    return "n’est pas à nous"


def voided_there(stripe: Stripe, debited: Account) -> str:
    invoicing.void(stripe, {}, next(stripe.all("invoice"))["id"])
    return "Stripe ne l’a pas"


def paid_elsewhere_there(stripe: Stripe, debited: Account) -> str:
    invoicing.paid(stripe, next(stripe.all("invoice")), elsewhere=True)
    return "Payée chez Stripe"


def paid_twice(stripe: Stripe, debited: Account) -> str:
    mirror = next(stripe.all("invoice"))
    name = {"invoice": mirror["metadata"]["invoice"]}
    for _time in range(2):
        method = people.give(stripe, debited.stripe_customer, "card", "4242")
        paying.confirm(stripe, paying.intent(stripe, debited.stripe_customer, 12000, name, "card"), method)
    return "de trop"


def strange_subscription(stripe: Stripe, debited: Account) -> str:
    stripe.make("subscription", customer=debited.stripe_customer, status="active", metadata={})
    return "Stripe a un abonnement"


@pytest.mark.parametrize(
    "plant",
    [lies_of_amount, strange_invoice, voided_there, paid_elsewhere_there, paid_twice, strange_subscription],
)
def test_each_difference_that_is_planted_is_found(stripe: Stripe, debited: Account, plant: Any) -> None:
    invoice(debited, "FAC-1", due=timezone.localdate() + timedelta(days=20))
    assert night() == 0
    words = plant(stripe, debited)
    night()
    assert any(words in text for _subject, text in said()), said()
