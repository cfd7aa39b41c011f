"""What a commune uses is mirrored at Stripe to the cent; what is changed there is told, and set right."""

from typing import Any

import pytest
from django.utils import timezone

from billing.actions.merging import merge
from billing.collecting import catch_up, mirror_subscription, night
from billing.models import Account, Choice, StripeDifference, StripeSubscription, Term
from billing.tests.meddling import CHANGES
from billing.tests.stripes import heard, letters, payer, said, used
from deploy.local.stripe import Stripe, people
from tenants.models import Commune
from tests.cast import Cast


@pytest.fixture
def term(debited: Account) -> Term:
    return used(debited)


def items(stripe: Stripe) -> dict[str, int]:
    found = next(each for each in stripe.all("subscription") if each["status"] != "canceled")
    return {item["metadata"]["key"]: item["price"]["unit_amount"] for item in found["items"]["data"]}


def test_what_is_used_is_mirrored_and_follows_a_change(stripe: Stripe, term: Term) -> None:
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


def test_what_ends_here_ends_there(stripe: Stripe, term: Term) -> None:
    catch_up()
    Term.objects.filter(pk=term.pk).update(cut_on=timezone.localdate())
    mirror_subscription(term.subscription)
    assert [each["status"] for each in stripe.all("subscription")] == ["canceled"]
    assert StripeSubscription.objects.get().status == "canceled"
    heard(stripe)
    assert night() == 0


@pytest.mark.parametrize("hears", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_there_is_told_once_and_set_right(
    stripe: Stripe, term: Term, change: Any, hears: bool
) -> None:
    catch_up()
    heard(stripe)
    before, ends = items(stripe), next(stripe.all("subscription"))["cancel_at"]
    change(stripe, next(stripe.all("subscription")))
    if hears:
        heard(stripe)
    night()
    (alive,) = (each for each in stripe.all("subscription") if each["status"] != "canceled")
    assert (items(stripe), len(alive["items"]["data"])) == (before, len(before))
    assert (alive["pause_collection"]["behavior"], alive["collection_method"]) == ("void", "send_invoice")
    assert alive["cancel_at"] == ends
    (told,) = StripeDifference.objects.values_list("text", flat=True)
    assert told.startswith("Il a été")
    assert (night(), letters()) == (0, 1)
    assert said() == []


def test_what_we_did_ourselves_is_not_told(stripe: Stripe, term: Term) -> None:
    """An answer that was lost, a change that followed, an end, a customer who is gone."""
    stripe.trouble = lambda method, url: "after" if method == "POST" and "subscriptions" in url else ""
    catch_up()
    Choice.objects.create(term=term, since=timezone.localdate(), modules=["alerts"], made_by="x")
    catch_up()
    stripe.trouble = lambda method, url: ""
    night()
    Term.objects.filter(pk=term.pk).update(cut_on=timezone.localdate())
    stripe.trouble = lambda method, url: "after" if method == "DELETE" else ""
    catch_up()
    stripe.trouble = lambda method, url: ""
    Term.objects.filter(pk=term.pk).update(cut_on=None)
    night()
    people.delete(stripe, {}, term.subscription.account.stripe_customer)
    night()
    assert not StripeDifference.objects.exists()


def test_one_that_was_made_by_a_lost_answer_ends_with_its_term(stripe: Stripe, term: Term) -> None:
    stripe.trouble = lambda method, url: "after" if method == "POST" and url == "/v1/subscriptions" else ""
    catch_up()
    stripe.trouble = lambda method, url: ""
    assert not StripeSubscription.objects.exists()
    Term.objects.filter(pk=term.pk).update(cut_on=timezone.localdate())
    night()
    assert [each["status"] for each in stripe.all("subscription")] == ["canceled"]
    assert said() == []


def test_who_takes_their_mandate_back_has_no_subscription_there(stripe: Stripe, term: Term) -> None:
    catch_up()
    people.detach(stripe, {}, next(stripe.all("payment_method"))["id"])
    night()
    assert [each["status"] for each in stripe.all("subscription")] == ["canceled"]
    assert (StripeSubscription.objects.get().items, said()) == ({}, [])


def test_another_payer_has_another_subscription(stripe: Stripe, term: Term, cast: Cast) -> None:
    catch_up()
    other = payer(Commune.objects.get(pk=cast.belleville.insee), method="card")
    merge(subscription=term.subscription, into=other, on=timezone.localdate(), author="op")
    night()
    other.refresh_from_db()
    alive = [each for each in stripe.all("subscription") if each["status"] != "canceled"]
    assert [each["customer"] for each in alive] == [other.stripe_customer]
    assert said() == []


def test_a_reduction_is_taken_from_each_line_to_the_cent(stripe: Stripe, term: Term) -> None:
    catch_up()
    whole = items(stripe)
    Term.objects.filter(pk=term.pk).update(communes=1000)
    catch_up()
    assert sum(items(stripe).values()) < sum(whole.values())
    assert set(items(stripe)) == set(whole)
