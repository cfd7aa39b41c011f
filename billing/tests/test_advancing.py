"""What a subscription does by itself: each thing once, in order, whatever dies and however late."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from billing.actions import advancing
from billing.actions.advancing import advance
from billing.models import Notice, Recipient, Subscription
from billing.queries.days import start_of
from billing.queries.situation import standing_of
from billing.queries.standing import State
from billing.tests.living import DAY, invoiced, letters, of, on, order_of, ordered, run, trying
from core.tenancy.context import enter
from core.tenancy.errors import NoSuchSpace
from tenants.models import Space
from tenants.switches import modules_on
from tests.at_once import at_once
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
FIRST, LAST = date(2027, 1, 1), date(2027, 3, 1)
OVER = LAST + DAY
ADMIN = "administrator@aubin.example"


@pytest.fixture
def subscription(cast: Cast) -> Subscription:
    return trying(cast.aubin, FIRST, LAST)


def state(subscription: Subscription) -> str:
    return str(Space.objects.get(commune_id=subscription.commune_id).state)


def days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * each for each in range((last - first).days + 1))


def test_a_trial_that_nobody_orders_from_goes_to_its_end(
    subscription: Subscription, cast: Cast, django_capture_on_commit_callbacks: Any, client_on: On
) -> None:
    """Day by day: what is written, when it may only be read, when it is erased, and the certificate."""
    Recipient.objects.create(account=subscription.account, email="compta@aubin.example", added_by="a")
    seen: dict[int, list[str]] = {}
    for day in days(LAST - 20 * DAY, OVER + 91 * DAY):
        before = len(letters("compta@aubin.example"))
        with on(day, subscription), django_capture_on_commit_callbacks(execute=True):
            advance(subscription)
        if new := letters("compta@aubin.example")[before:]:
            seen[(day - LAST).days] = new
    assert list(seen) == [-15, -3, 0, 1, 61, 84, 90, 91]
    words = [word for new in seen.values() for word in new]
    assert len(words) == 8
    assert "dans 15 jours" in words[0]
    assert "Dernier jour" in words[2]
    assert "se lit encore" in words[3]
    assert "dans 30 jours" in words[4]
    assert "demain" in words[6]
    assert "est effacé" in words[7]
    found = Subscription.objects.get(pk=subscription.pk)
    assert (found.space, found.end_reason, found.ended_on) == (None, Subscription.EndReason.TRIAL_OVER, OVER)
    assert found.certificate is not None
    assert not Recipient.objects.exists(), "nobody is written to any more"
    assert bytes(found.certificate.content).startswith(b"%PDF")
    assert letters("mairie@aubin.example") == [words[7]]
    with pytest.raises(NoSuchSpace), enter(cast.aubin.schema_name):
        pass
    answer = client_on(cast.portal_host).get(f"/certificats/{found.certificate.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_a_space_whose_trial_is_over_is_read_and_not_written(
    subscription: Subscription, cast: Cast, client_of: Of
) -> None:
    run(subscription, OVER)
    assert state(subscription) == Space.State.READ_ONLY
    assert cast.aubin.space.read_only_until == OVER + 89 * DAY
    with on(OVER, subscription):
        assert {"news", "alerts"} <= modules_on(cast.aubin.schema_name)
        browser = client_of(cast.aubin.administrator)
        assert browser.get("/actualites/").status_code == 200
        assert browser.post("/mairie/actualites/nouvelle/", {"title": "Non"}).status_code == 403


def test_pages_are_read_at_the_midnight_itself_before_anything_ran(
    subscription: Subscription, cast: Cast, client_on: On
) -> None:
    run(subscription, LAST)
    with on(OVER, subscription, 0, 0):
        assert client_on(cast.aubin.host).get("/actualites/").status_code == 200


def test_an_order_reopens_a_space_and_nothing_is_erased(subscription: Subscription, cast: Cast) -> None:
    run(subscription, OVER)
    ordered(subscription, OVER + 10 * DAY, OVER + 374 * DAY, ["news"])
    run(subscription, OVER + 10 * DAY)
    found = of(cast.aubin)
    assert state(subscription) == Space.State.ACTIVE
    assert (found.ended_on, found.end_reason, cast.aubin.space.read_only_until) == (None, "", None)
    with on(OVER + 200 * DAY, subscription):
        assert standing_of(found).state is State.ACTIVE


def test_a_space_waits_for_the_term_that_was_ordered_and_is_not_erased(subscription: Subscription) -> None:
    ordered(subscription, OVER + 200 * DAY, OVER + 500 * DAY, ["news"])
    for day in (OVER, OVER + 100 * DAY, OVER + 199 * DAY):
        run(subscription, day)
        assert state(subscription) == Space.State.READ_ONLY
    assert not any("effacé" in word for word in letters())
    run(subscription, OVER + 200 * DAY)
    assert state(subscription) == Space.State.ACTIVE


def test_after_months_without_a_run_nobody_is_erased_unwarned(subscription: Subscription) -> None:
    """The last word of each kind only, and each delay counts from what the mairie was told."""
    late = OVER + 400 * DAY
    run(subscription, late)
    assert len(set(letters())) == 1
    assert state(subscription) == Space.State.READ_ONLY
    run(subscription, late + 89 * DAY)
    assert "effacé demain" in letters()[-1]
    run(subscription, late + 500 * DAY)
    assert Subscription.objects.get(pk=subscription.pk).erased_at is not None


def test_nothing_is_erased_before_seven_days_after_its_warning(subscription: Subscription) -> None:
    run(subscription, OVER)
    late = OVER + 300 * DAY
    for day in days(late, late + 6 * DAY):
        run(subscription, day)
        assert Subscription.objects.get(pk=subscription.pk).erased_at is None
    assert [word for word in letters(ADMIN) if "effacé" in word] == ["L’espace de Saint-Aubin sera effacé dans 7 jours"]
    run(subscription, late + 7 * DAY)
    assert Subscription.objects.get(pk=subscription.pk).erased_at is not None


def test_a_term_that_ends_is_said_four_times(subscription: Subscription) -> None:
    last = OVER + 364 * DAY
    ordered(subscription, OVER, last, ["news"])
    for day in days(last - 70 * DAY, last):
        run(subscription, day)
    words = letters(ADMIN)
    assert [word.rpartition("se termine ")[2] for word in words] == [
        "dans 60 jours",
        "dans 30 jours",
        "dans 7 jours",
        "demain",
    ]


def test_a_renewal_that_waits_or_came_silences_the_end(subscription: Subscription) -> None:
    ordered(subscription, OVER, OVER + 364 * DAY, ["news"])
    order_of(subscription)
    run(subscription, OVER + 360 * DAY)
    assert not letters()


def test_a_late_payment_is_said_twice_and_cuts_nothing(subscription: Subscription, cast: Cast) -> None:
    due = date(2027, 5, 1)
    invoice = invoiced(ordered(subscription, OVER, OVER + 364 * DAY, ["news", "alerts"]), due)
    for day in days(due, due + 200 * DAY):
        run(subscription, day)
        assert state(subscription) == Space.State.ACTIVE
        with on(day, subscription):
            assert {"news", "alerts"} <= modules_on(cast.aubin.schema_name)
    assert letters(ADMIN) == [f"Facture {invoice.number} : nous n’avons pas vu son paiement"] * 2
    with on(due + 200 * DAY, subscription):
        assert standing_of(subscription).state is State.UNPAID


def test_a_space_that_waits_for_its_mandate_is_never_shown_to_the_public(cast: Cast) -> None:
    doux = trying(cast.doux, FIRST, LAST)
    run(doux, OVER)
    assert state(doux) == Space.State.PENDING


def test_a_refused_opening_ends_its_subscription_without_a_certificate(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    from tenants.leaving.erasing import erase_space

    doux = trying(cast.doux, FIRST, LAST)
    with django_capture_on_commit_callbacks(execute=True):
        erase_space(cast.doux.space)
    found = Subscription.objects.get(pk=doux.pk)
    assert found.erased_at is not None
    assert found.certificate is None


STEPS = ["wait", "invoice", "turn", "give_rights", "warn", "erase"]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_ends_as_if_it_was_not(
    subscription: Subscription, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def dies(held: Subscription) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(advancing, step, dies)
        run(subscription, OVER)
    run(subscription, OVER)
    assert state(subscription) == Space.State.READ_ONLY
    assert len(letters(ADMIN)) == 1
    assert Notice.objects.filter(subscription=subscription).count() == 1


def test_two_at_once_do_it_once(committed_cast: Cast) -> None:
    first, last = date(2020, 1, 1), date(2020, 3, 1)
    Subscription.objects.filter(space=committed_cast.aubin.space).update(began_on=first, trial_until=last)
    found = of(committed_cast.aubin)
    at_once(committed_cast.aubin, lambda number: advance(found), times=2)
    assert Notice.objects.filter(subscription=found).count() == 1
    assert len(letters(ADMIN)) == 1
    assert state(found) == Space.State.READ_ONLY


@pytest.mark.parametrize(("departement", "hour"), [("974", 20), ("975", 3)])
def test_the_last_day_of_the_year_is_the_commune_s_own(cast: Cast, departement: str, hour: int) -> None:
    """La Réunion is in January before Paris, Saint-Pierre after."""
    found = trying(cast.aubin, date(2026, 11, 2), date(2026, 12, 31), departement)
    with on(date(2026, 12, 31), found, 23, 59):
        advance(found)
        assert state(found) == Space.State.ACTIVE
    with on(date(2027, 1, 1), found, 0, 0):
        assert advance(found) is not None
        assert state(found) == Space.State.READ_ONLY
    assert of(cast.aubin).ended_on == date(2027, 1, 1)


def test_a_trial_that_ends_on_the_29th_of_february(cast: Cast) -> None:
    found = trying(cast.aubin, date(2028, 1, 1), date(2028, 2, 29))
    run(found, date(2028, 2, 29))
    assert state(found) == Space.State.ACTIVE
    run(found, date(2028, 3, 1))
    assert state(found) == Space.State.READ_ONLY


def test_the_next_run_is_at_the_midnight_at_which_something_turns(subscription: Subscription) -> None:
    with on(LAST, subscription):
        assert advance(subscription) == start_of(OVER, subscription.commune)
    with on(LAST - 9 * DAY, subscription):
        following = advance(subscription)
    assert following is not None
    morning = start_of(LAST - 8 * DAY, subscription.commune)
    assert morning < following < morning + timedelta(hours=7)
