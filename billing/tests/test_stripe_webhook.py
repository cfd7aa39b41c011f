"""What Stripe calls: signed, lately, once; what cannot be heard is not kept."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from billing.collecting import payment_url
from billing.models import Account, Payment, StripeEvent
from billing.tests.stripes import SECRET, give, invoice, payer
from deploy.local.stripe import Stripe
from deploy.local.stripe.webhooks import signature, written
from tenants.models import Commune
from tests.cast import Cast

URL = "/stripe/webhook/"
PORTAL = "beffroi.test"


@pytest.fixture
def account(cast: Cast) -> Account:
    return payer(Commune.objects.get(space__schema_name=cast.aubin.schema_name))


@pytest.fixture
def caller(client_on: Callable[[str], Client]) -> Client:
    return client_on(PORTAL)


def tell(caller: Client, body: bytes, *, at: float | None = None, secret: str = SECRET, header: str = "") -> int:
    said = header or signature(body, secret, int(time.time() if at is None else at))
    status: int = caller.post(URL, body, "application/json", headers={"Stripe-Signature": said}).status_code
    return status


@pytest.fixture
def paid(stripe: Stripe, account: Account) -> list[dict[str, Any]]:
    """The events of an invoice that was paid on a page."""
    url = payment_url(invoice(account, "FAC-1"), "https://example.org/")
    stripe.untold()
    give(stripe, url, "4242", "card")
    return stripe.untold()


def test_forged_old_and_unreadable_events_are_refused_and_not_kept(caller: Client, paid: list[dict[str, Any]]) -> None:
    body = written(paid[-1])
    now = time.time()
    assert tell(caller, body, secret="whsec_of_another") == 400
    assert tell(caller, body.replace(b"evt_", b"evt-"), header=signature(body, SECRET, int(now))) == 400
    assert tell(caller, body, at=now - 301) == 400
    assert tell(caller, body, header="t=,v1=") == 400
    assert tell(caller, body, header="nothing of a signature") == 400
    assert caller.post(URL, body, "application/json").status_code == 400
    for unreadable in (b"", b"{}", b"[]", b"null", b"\xff", b'{"object": "event"}', b"[" * 100_000):
        assert tell(caller, unreadable) == 400
    assert not StripeEvent.objects.exists()
    assert not Payment.objects.exists()


def test_too_long_is_refused_before_it_is_read(caller: Client, stripe: Stripe, db: None) -> None:
    assert tell(caller, b"x" * (512 * 1024 + 1)) == 413
    assert not StripeEvent.objects.exists()


def test_only_a_post_is_heard(caller: Client, stripe: Stripe) -> None:
    assert caller.get(URL).status_code == 405


def test_without_keys_there_is_nothing_here(caller: Client, db: None) -> None:
    assert tell(caller, b"{}") == 404


def test_an_event_is_heard_once(caller: Client, paid: list[dict[str, Any]]) -> None:
    for event in [*paid, *paid, *paid[::-1]]:
        assert tell(caller, written(event)) == 200
    assert StripeEvent.objects.count() == len(paid)
    assert list(Payment.objects.values_list("cents", flat=True)) == [12000]


def test_no_order_is_trusted_nor_what_an_event_holds(caller: Client, paid: list[dict[str, Any]]) -> None:
    lies = {
        **paid[-1],
        "data": {"object": {**paid[-1]["data"]["object"], "amount_total": 1, "payment_status": "unpaid"}},
    }
    assert tell(caller, written(lies)) == 200
    assert list(Payment.objects.values_list("cents", flat=True)) == [12000]


def test_a_stranger_is_kept_and_an_unknown_type_too(caller: Client, stripe: Stripe, db: None) -> None:
    stripe.make("customer", name="Quelqu’un d’autre")
    stranger = next(stripe.all("customer"))
    stripe.event("customer.updated", stranger)
    stripe.event("price.created", {"id": "price_1", "object": "price"})
    for event in stripe.untold():
        assert tell(caller, written(event)) == 200
    assert dict(StripeEvent.objects.values_list("type", "outcome")) == {
        "customer.updated": "stranger",
        "price.created": "ignored",
    }


def test_what_cannot_be_done_now_is_not_kept_and_comes_again(
    caller: Client, stripe: Stripe, paid: list[dict[str, Any]]
) -> None:
    stripe.trouble = lambda method, url: "after"
    assert tell(caller, written(paid[-1])) == 503
    assert not StripeEvent.objects.exists()
    stripe.trouble = lambda method, url: ""
    assert tell(caller, written(paid[-1])) == 200
    assert list(Payment.objects.values_list("cents", flat=True)) == [12000]


def test_stripe_may_call_as_often_as_it_must(caller: Client, paid: list[dict[str, Any]]) -> None:
    assert {tell(caller, written(paid[0])) for _call in range(150)} == {200}


def test_what_was_lost_is_replayed(stripe: Stripe, paid: list[dict[str, Any]], capsys: Any) -> None:
    call_command("stripe_replay", paid[-1]["id"])
    call_command("stripe_replay", "--since", "2d")
    call_command("stripe_replay", "--since", "2d")
    assert list(Payment.objects.values_list("cents", flat=True)) == [12000]
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "1 done"
    assert said[2] == f"{StripeEvent.objects.count()} double"


def test_an_event_leaves_nothing_of_what_it_held(caller: Client, paid: list[dict[str, Any]]) -> None:
    for event in paid:
        tell(caller, written(event))
    with connection.cursor() as cursor:
        cursor.execute("select billing_stripeevent::text from billing_stripeevent")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert "Saint-Aubin" not in kept
