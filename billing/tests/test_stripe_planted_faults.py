"""Each fault that is planted in collecting makes some history, among the first, end otherwise than its oracle says."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe as library
from django.db import transaction

from billing.collecting import customers, effects, events, money, replaying, subscriptions
from billing.models import Payment, StripeEvent, Term
from billing.tests.ends import oracle, ours
from billing.tests.holding import beginning, told
from billing.webhooks import views
from deploy.local.stripe import Stripe
from tests.cast import Cast
from tests.probing import PROBES

FEW = 120
pytestmark = pytest.mark.usefixtures("quiet")

Plant = Callable[[pytest.MonkeyPatch], None]


def trusts_the_event(plant: pytest.MonkeyPatch) -> None:
    """The object is what the event holds, not what Stripe says now."""
    believed: dict[str, Any] = {}
    effect, plain = effects.effect, money.plain

    def believes(thing: dict[str, Any], before: dict[str, Any]) -> Any:
        believed[thing.get("id", "")] = thing
        try:
            return effect(thing, before)
        finally:
            believed.clear()

    def read(found: Any) -> Any:
        said = plain(found)
        held = believed.get(said["id"])
        return {**held, "latest_charge": said.get("latest_charge")} if held else said

    plant.setattr(events, "effect", believes)
    plant.setattr(money, "plain", read)


def forgets_the_event(plant: pytest.MonkeyPatch) -> None:
    hear = events.hear

    def heard(event: dict[str, Any]) -> Any:
        done = hear(event)
        StripeEvent.objects.filter(pk=event["id"]).delete()
        return done

    plant.setattr(views, "hear", heard)
    plant.setattr(replaying, "hear", heard)


def keeps_the_event_first(plant: pytest.MonkeyPatch) -> None:
    """Its effect may die: it was heard all the same."""
    effect = events.effect

    def tried(thing: dict[str, Any], before: dict[str, Any]) -> Any:
        try:
            with transaction.atomic():
                return effect(thing, before)
        except library.StripeError:
            return events.Outcome.SAME

    plant.setattr(events, "effect", tried)


def writes_money_twice(plant: pytest.MonkeyPatch) -> None:
    def again(invoice: Any, reference: str, wanted: int, on: Any) -> bool:
        count = Payment.objects.filter(reference__startswith=reference).count()
        said = {"cents": wanted, "received_on": on, "source": "stripe", "reference": f"{reference}#{count}"}
        if wanted:
            Payment.objects.create(invoice=invoice, recorded_by="x", **said)
        return bool(wanted)

    plant.setattr(money, "settle", again)


def keeps_the_first_state(plant: pytest.MonkeyPatch) -> None:
    """What was seen once is not brought to what it is now."""
    plant.setattr(money, "_seen", lambda row, found: False)


def ignores_refunds(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(money, "GIVEN_BACK", ())


def ignores_refunds_that_failed(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(money, "GIVEN_BACK", (*money.GIVEN_BACK, "failed"))


def ignores_disputes_that_were_won(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(money, "WITHDRAWN", (*money.WITHDRAWN, "won"))


def takes_forgeries(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(library.WebhookSignature, "verify_header", lambda *args, **named: True)


def loses_lost_answers(plant: pytest.MonkeyPatch) -> None:
    """A subscription whose answer was lost is not looked for."""
    every = subscriptions.every

    def but_subscriptions(service: Any, **asked: Any) -> Any:
        return iter(()) if type(service).__name__ == "SubscriptionService" else every(service, **asked)

    plant.setattr(subscriptions, "every", but_subscriptions)
    plant.setattr(subscriptions, "_adopted", lambda found: None)


def makes_another_each_time(plant: pytest.MonkeyPatch) -> None:
    """No key says that a call is the one whose answer was lost."""
    plant.setattr(customers, "once", lambda key: {})
    plant.setattr(customers, "adopted", lambda customer: None)
    plant.setattr(effects, "adopted", lambda customer: None)


def believes_its_own_row(plant: pytest.MonkeyPatch) -> None:
    """The row is written before the call, and the call is not made when the row says so."""
    brought = subscriptions._brought

    def by_row(held: dict[str, Any], what: Any) -> dict[str, Any]:
        row = subscriptions.StripeSubscription.objects.get(stripe_id=held["id"])
        if row.items == what.items:
            return held
        subscriptions.StripeSubscription.objects.filter(pk=row.pk).update(items=what.items)
        return brought(held, what)

    plant.setattr(subscriptions, "_brought", by_row)


def mirrors_once(plant: pytest.MonkeyPatch) -> None:
    """What changes later is not told to Stripe."""
    plant.setattr(subscriptions, "_changes", lambda held, what: [])


def says_nothing_of_strange_hands(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(subscriptions, "tell", lambda subject, text: None)


def tells_of_its_own_hand(plant: pytest.MonkeyPatch) -> None:
    """What is not what is wanted now is taken for somebody's change."""
    plant.setattr(subscriptions, "changed_there", lambda held: not held["metadata"].get("left"))


def lets_stripe_bill(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(subscriptions, "QUIET", {**subscriptions.SENT, "proration_behavior": "none"})
    plant.setattr(subscriptions, "is_quiet", lambda held: True)


def leaves_a_left_payers_mirror(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(subscriptions, "_stop", lambda held: None)


def keeps_means_that_were_taken_back(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(effects, "_means", lambda thing, before: False)
    plant.setitem(effects._BRINGS, "payment_method", lambda thing, before: False)


PAYING: list[Plant] = [
    trusts_the_event, forgets_the_event, keeps_the_event_first, writes_money_twice, keeps_the_first_state,
    ignores_refunds, ignores_refunds_that_failed, ignores_disputes_that_were_won, takes_forgeries,
]  # fmt: skip
USING: list[Plant] = [
    makes_another_each_time, loses_lost_answers, believes_its_own_row, mirrors_once, says_nothing_of_strange_hands,
    tells_of_its_own_hand, lets_stripe_bill, leaves_a_left_payers_mirror, keeps_means_that_were_taken_back,
]  # fmt: skip


@pytest.mark.parametrize("fault", [*PAYING, *USING], ids=lambda fault: fault.__name__)
def test_a_fault_is_seen(direct: Stripe, cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: Plant) -> None:
    term, used = beginning(cast), fault in USING
    fault(monkeypatch)
    seen = next((seed for seed in range(FEW) if _differs(direct, term, seed, used)), None)
    print(f"{PROBES}Stripe, {fault.__name__}: seen by history {seen}")  # noqa: T201
    assert seen is not None


def _differs(stripe: Stripe, term: Term, seed: int, used: bool) -> str:
    """What is otherwise, or broke: a fault may also end in an error that nothing catches."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                history = told(stripe, term, seed, used=used)
                found, wanted = ours(history), oracle(history)
                return "" if found == wanted else f"{found} is not {wanted}"
        except Exception as error:
            return repr(error)
        finally:
            transaction.set_rollback(True)
            stripe.reset()
