"""What somebody may change by hand, in Stripe's own pages, of a subscription that mirrors ours."""

from collections.abc import Callable
from typing import Any

from deploy.local.stripe import Stripe, subscribing
from deploy.local.stripe.state import Thing

Change = Callable[[Stripe, Thing], None]


def _update(stripe: Stripe, mirror: Thing, **said: Any) -> None:
    subscribing.update(stripe, {**said, "proration_behavior": "none"}, mirror["id"])


def one_less(stripe: Stripe, mirror: Thing) -> None:
    _update(stripe, mirror, items=[{"id": mirror["items"]["data"][0]["id"], "deleted": "true"}])


def two_of_one(stripe: Stripe, mirror: Thing) -> None:
    _update(stripe, mirror, items=[{"id": mirror["items"]["data"][0]["id"], "quantity": "2"}])


def the_same_again(stripe: Stripe, mirror: Thing) -> None:
    held = mirror["items"]["data"][0]
    _update(stripe, mirror, items=[{"price": held["price"]["id"], "metadata": held["metadata"]}])


def one_of_theirs(stripe: Stripe, mirror: Thing) -> None:
    _update(stripe, mirror, items=[{"price": mirror["items"]["data"][0]["price"]["id"]}])


def no_pause(stripe: Stripe, mirror: Thing) -> None:
    _update(stripe, mirror, pause_collection="")


def another_pause(stripe: Stripe, mirror: Thing) -> None:
    _update(stripe, mirror, pause_collection={"behavior": "keep_as_draft"})


def asked_by_itself(stripe: Stripe, mirror: Thing) -> None:
    _update(stripe, mirror, collection_method="charge_automatically")


def without_end(stripe: Stripe, mirror: Thing) -> None:
    _update(stripe, mirror, cancel_at="")


def stopped(stripe: Stripe, mirror: Thing) -> None:
    subscribing.cancel(stripe, {}, mirror["id"])


CHANGES: list[Change] = [
    one_less, two_of_one, the_same_again, one_of_theirs, no_pause, another_pause, asked_by_itself, without_end, stopped,
]  # fmt: skip
