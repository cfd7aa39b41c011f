"""Every night what Stripe and we say is compared, and each difference is told once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from billing.collecting import catch_up, hear, mirror_subscription, night, setup_url
from billing.models import (
    Account,
    Choice,
    Order,
    Payment,
    PriceVersion,
    Quote,
    StripeDifference,
    StripeSubscription,
    Subscription,
    Term,
)
from billing.tests.factories import paper
from billing.tests.stripes import give, invoice, payer
from core.audit.models import Entry
from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from deploy.local.stripe import Stripe, invoicing, paying, people, subscribing
from tenants.models import Commune, Space
from tests.cast import Cast
from tests.planting import Mark

BACK = "https://example.org/"


@pytest.fixture
def account(cast: Cast, stripe: Stripe) -> Account:
    found = payer(Commune.objects.get(space__schema_name=cast.aubin.schema_name))
    give(stripe, setup_url(found, BACK))
    heard(stripe)
    found.refresh_from_db()
    return found


def heard(stripe: Stripe) -> None:
    for event in stripe.untold():
        hear(event)


def said() -> list[tuple[str, str]]:
    return list(
        StripeDifference.objects.filter(gone_at=None).order_by("subject", "text").values_list("subject", "text")
    )


def letters() -> int:
    with entered(OPERATOR):
        return OutgoingEmail.objects.filter(subject__contains="Stripe").count()


def test_where_all_is_the_same_nothing_is_said(stripe: Stripe, account: Account) -> None:
    invoice(account, "FAC-1", due=date(2026, 1, 31))
    assert night() == 0
    paying.settle_all(stripe)
    assert night() == 0
    assert (said(), letters()) == ([], 0)
    assert Payment.objects.get().cents == 12000


def test_what_was_never_heard_is_heard_at_night(stripe: Stripe, account: Account) -> None:
    invoice(account, "FAC-1", due=date(2026, 1, 31))
    catch_up()
    paying.settle_all(stripe)
    stripe.untold()
    assert not Payment.objects.exists()
    assert night() == 0
    assert Payment.objects.get().cents == 12000


def test_a_difference_is_told_once_and_is_gone_when_it_is(stripe: Stripe, account: Account) -> None:
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


def lies_of_amount(stripe: Stripe, account: Account) -> str:
    next(stripe.all("invoice"))["total"] = 1
    return "0,01"


def strange_invoice(stripe: Stripe, account: Account) -> str:
    invoicing.draft(stripe, account.stripe_customer, "send_invoice", 30, {})
    return "n’est pas à nous"


def voided_there(stripe: Stripe, account: Account) -> str:
    invoicing.void(stripe, {}, next(stripe.all("invoice"))["id"])
    return "Stripe ne l’a pas"


def paid_elsewhere_there(stripe: Stripe, account: Account) -> str:
    invoicing.paid(stripe, next(stripe.all("invoice")), elsewhere=True)
    return "Payée chez Stripe"


def paid_twice(stripe: Stripe, account: Account) -> str:
    mirror = next(stripe.all("invoice"))
    name = {"invoice": mirror["metadata"]["invoice"]}
    for _time in range(2):
        method = people.give(stripe, account.stripe_customer, "card", "4242")
        paying.confirm(stripe, paying.intent(stripe, account.stripe_customer, 12000, name, "card"), method)
    return "de trop"


def strange_subscription(stripe: Stripe, account: Account) -> str:
    stripe.make("subscription", customer=account.stripe_customer, status="active", metadata={})
    return "Stripe a un abonnement"


@pytest.mark.parametrize(
    "plant",
    [lies_of_amount, strange_invoice, voided_there, paid_elsewhere_there, paid_twice, strange_subscription],
)
def test_each_difference_that_is_planted_is_found(stripe: Stripe, account: Account, plant: Any) -> None:
    invoice(account, "FAC-1", due=timezone.localdate() + timedelta(days=20))
    assert night() == 0
    words = plant(stripe, account)
    night()
    assert any(words in text for _subject, text in said()), said()


@pytest.fixture
def term(account: Account) -> Term:
    """A year of « Actualités » at the first price book, for one of five communes."""
    commune, book = account.commune, PriceVersion.objects.get(number=1)
    mark = Mark("x")
    quote = Quote.objects.create(
        number="DEV-1", account=account, book=book, content={}, net=1, vat=0, issued_on=date(2026, 1, 1),
        valid_until=date(2026, 12, 31), paper=paper("quote", mark), made_by="x",
    )  # fmt: skip
    order = Order.objects.create(
        number="CMD-1",
        quote=quote,
        means="online",
        siret="0" * 14,
        moment="end",
        ordered_by="x",
        capacity="x",
        email="x",
    )
    used, _made = Subscription.objects.update_or_create(
        space=Space.objects.get(commune=commune),
        defaults={
            "commune": commune,
            "account": account,
            "began_on": date(2026, 1, 1),
            "trial_until": date(2026, 3, 1),
        },
    )
    today = timezone.localdate()
    made = Term.objects.create(
        subscription=used, order=order, account=account, book=book, population=300, rhythm="yearly", aligned=False,
        moment="end", first=today - timedelta(days=10), last=today + timedelta(days=300), communes=5,
    )  # fmt: skip
    Choice.objects.create(term=made, since=made.first, modules=["news"], made_by="x")
    return made


def items(stripe: Stripe) -> dict[str, int]:
    found = next(each for each in stripe.all("subscription") if each["status"] != "canceled")
    return {item["metadata"]["key"]: item["price"]["unit_amount"] for item in found["items"]["data"]}


def test_what_is_used_is_mirrored_and_follows_a_change(stripe: Stripe, account: Account, term: Term) -> None:
    catch_up()
    mirror = next(stripe.all("subscription"))
    assert (mirror["collection_method"], mirror["pause_collection"]["behavior"]) == ("send_invoice", "void")
    assert mirror["cancel_at"] > timezone.now().timestamp()
    first = items(stripe)
    assert set(first) == {"base", "module:news"}
    Choice.objects.create(term=term, since=timezone.localdate(), modules=["alerts"], made_by="x")
    catch_up()
    assert set(items(stripe)) == {"base", "module:alerts"}
    assert items(stripe)["base"] + items(stripe)["module:alerts"] > sum(first.values())
    assert len(list(stripe.all("subscription"))) == 1
    assert not list(stripe.all("invoice"))
    assert night() == 0


def test_what_ends_here_ends_there(stripe: Stripe, account: Account, term: Term) -> None:
    catch_up()
    Term.objects.filter(pk=term.pk).update(cut_on=timezone.localdate())
    mirror_subscription(term.subscription)
    assert [each["status"] for each in stripe.all("subscription")] == ["canceled"]
    assert StripeSubscription.objects.get().status == "canceled"
    heard(stripe)
    assert night() == 0


def test_items_that_were_changed_there_are_told_and_set_right(stripe: Stripe, account: Account, term: Term) -> None:
    catch_up()
    mirror = next(stripe.all("subscription"))
    mirror["pause_collection"] = None
    subscribing.update(
        stripe,
        {"items": [{"id": mirror["items"]["data"][0]["id"], "deleted": "true"}], "proration_behavior": "none"},
        mirror["id"],
    )
    catch_up()
    assert set(items(stripe)) == {"base", "module:news"}
    assert mirror["pause_collection"] == {"behavior": "void", "resumes_at": None}


def test_a_reduction_is_taken_from_each_line_to_the_cent(stripe: Stripe, account: Account, term: Term) -> None:
    catch_up()
    whole = items(stripe)
    Term.objects.filter(pk=term.pk).update(communes=1000)
    catch_up()
    assert sum(items(stripe).values()) < sum(whole.values())
    assert set(items(stripe)) == set(whole)
