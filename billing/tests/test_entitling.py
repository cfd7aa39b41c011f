"""Rights follow from what a commune has, to the day of its own clock; switches are never touched."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from billing.actions.entitling import begin_trial, give, withdraw
from billing.models import Account, PriceVersion, Subscription
from billing.queries.books import NoPrices
from billing.queries.days import start_of
from billing.tests.living import chosen, given, of, on, order_of, ordered, run, trying
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from tenants.models import Commune, Entitlement, ModuleSwitch, Space
from tenants.opening import open_space
from tenants.switches import entitled_modules, modules_on, switch_on
from tests.cast import Cast

On = Callable[[str], Client]
DAY = timedelta(days=1)
FIRST, LAST = date(2027, 1, 1), date(2027, 3, 1)
EVERY: frozenset[str] = settings.CATALOGUE.slugs


def rows(subscription: Subscription) -> dict[str, set[tuple[str, Any]]]:
    found: dict[str, set[tuple[str, Any]]] = {}
    for module, source, until in Entitlement.objects.filter(space=subscription.space).values_list(
        "module", "source", "until"
    ):
        found.setdefault(source, set()).add((module, until))
    return found


def test_a_commune_that_opens_tries_every_module_for_the_days_of_the_book(cast: Cast) -> None:
    commune = Commune.objects.get(pk=cast.calme_insee)
    space = open_space(commune)
    with on(FIRST, of(cast.aubin)):
        made = begin_trial(space, author="a")
    assert (made.began_on, made.trial_until) == (FIRST, FIRST + 59 * DAY)
    assert (made.account.kind, made.account.siren) == (Account.Kind.COMMUNE, commune.siren)
    midnight = start_of(FIRST + 60 * DAY, commune)
    assert rows(made)["trial"] == {(module, midnight) for module in EVERY}
    planned = DueWork.objects.get(schema_name=space.schema_name, job="billing.advance")
    assert planned.due_at > start_of(FIRST + DAY, commune)


def test_without_a_price_book_nothing_opens(cast: Cast) -> None:
    with on(date(1999, 1, 1), of(cast.aubin)):
        assert PriceVersion.objects.published().exists()
        with pytest.raises(NoPrices):
            begin_trial(open_space(Commune.objects.get(pk=cast.calme_insee)), author="a")


def test_what_was_ordered_before_the_space_opened_is_found_again(cast: Cast) -> None:
    commune = Commune.objects.get(pk=cast.calme_insee)
    account = Account.objects.create(kind="commune", commune=commune, name="C", departement="23", changed_by="a")
    waits = Subscription.objects.create(commune=commune, account=account, began_on=FIRST, trial_until=FIRST - DAY)
    with on(FIRST + DAY, of(cast.aubin)):
        assert begin_trial(open_space(commune), author="a").pk == waits.pk


@pytest.mark.parametrize(("departement", "utc"), [("974", 20), ("975", 3), ("80", 23)])
def test_a_trial_ends_at_the_commune_s_own_midnight(cast: Cast, departement: str, utc: int) -> None:
    subscription = trying(cast.aubin, date(2026, 12, 1), date(2026, 12, 31), departement)
    with on(date(2026, 12, 31), subscription, 23, 59):
        given(subscription)
    ((_, until),) = {each for each in rows(subscription)["trial"] if each[0] == "news"}
    day = 31 if utc > 12 else 1
    assert until.astimezone(UTC).hour == utc
    assert until.astimezone(UTC).day == day


def test_the_switch_obeys_at_that_midnight_in_a_process_that_knew_the_site(cast: Cast, client_on: On) -> None:
    """A module that was not renewed: no write, no run of the engine between."""
    subscription = trying(cast.aubin, FIRST, LAST)
    ordered(subscription, LAST + DAY, LAST + 365 * DAY, ["presentation"])
    browser = client_on(cast.aubin.host)
    with on(LAST, subscription, 23, 59):
        given(subscription)
        assert browser.get("/actualites/").status_code == 200
    with on(LAST + DAY, subscription, 0, 0):
        assert browser.get("/actualites/").status_code == 404
        assert browser.get("/commune/").status_code == 200


def test_what_is_renewed_has_no_hole_at_midnight(cast: Cast) -> None:
    subscription = trying(cast.aubin, FIRST, LAST)
    ordered(subscription, LAST + DAY, date(2027, 12, 31), ["news"])
    ordered(subscription, date(2028, 1, 1), date(2028, 12, 31), ["news"])
    with on(LAST, subscription):
        given(subscription)
    end = start_of(date(2029, 1, 1), subscription.commune)
    assert ("news", end) in rows(subscription)["trial"]
    with on(LAST + DAY, subscription, 0, 0):
        assert "news" in modules_on(cast.aubin.schema_name)


def test_a_change_counts_from_its_day_and_the_last_of_a_day(cast: Cast) -> None:
    subscription = trying(cast.aubin, FIRST, LAST)
    term = ordered(subscription, LAST + DAY, LAST + 365 * DAY, ["news"])
    changed = LAST + 10 * DAY
    chosen(term, changed, ["presentation"])
    chosen(term, changed, ["alerts"])
    for day, modules in ((changed - DAY, {"news"}), (changed, {"alerts"})):
        with on(day, subscription):
            given(subscription)
            assert entitled_modules(cast.aubin.space) == settings.CATALOGUE.closed(modules)


def test_switches_are_left_and_a_module_that_is_chosen_again_is_on_again(cast: Cast) -> None:
    subscription = trying(cast.aubin, FIRST, LAST)
    term = ordered(subscription, LAST + DAY, LAST + 365 * DAY, ["presentation"])
    before = ModuleSwitch.objects.filter(space=cast.aubin.space, off_at=None).count()
    with on(LAST + DAY, subscription):
        given(subscription)
        DueWork.objects.create(schema_name=cast.aubin.schema_name, job="news.x", due_at=datetime.now(UTC), generation=0)
        DueWork.objects.filter(job="news.x").update(parked_at=datetime.now(UTC))
        assert "news" not in modules_on(cast.aubin.schema_name)
        chosen(term, LAST + DAY, ["presentation", "news"])
        given(subscription)
        assert "news" in modules_on(cast.aubin.schema_name)
    assert DueWork.objects.get(job="news.x").parked_at is None
    assert ModuleSwitch.objects.filter(space=cast.aubin.space, off_at=None).count() == before


def test_a_module_that_is_added_may_be_switched_on(cast: Cast) -> None:
    subscription = trying(cast.aubin, FIRST, LAST)
    ModuleSwitch.objects.filter(space=cast.aubin.space, module="news").delete()
    ordered(subscription, LAST + DAY, LAST + 365 * DAY, ["news"])
    with on(LAST + DAY, subscription):
        given(subscription)
        assert switch_on(cast.aubin.space, "news", author="a") == {"news"}


def test_a_gift_lasts_until_its_day_and_is_taken_back_at_once(cast: Cast) -> None:
    subscription = trying(cast.aubin, FIRST, LAST)
    ordered(subscription, LAST + DAY, LAST + 365 * DAY, ["presentation"])
    day = LAST + 5 * DAY
    with on(day, subscription):
        (gift,) = give(space=cast.aubin.space, modules=["news"], reason="Essai", until=day + DAY, author="op")
        assert not give(space=cast.aubin.space, modules=["news"], reason="Essai", until=None, author="op")
        assert "news" in modules_on(cast.aubin.schema_name)
    with on(day + 2 * DAY, subscription, 0, 0):
        assert "news" not in modules_on(cast.aubin.schema_name)
    with on(day, subscription):
        for _ in range(2):
            withdraw(grant=gift, author="op")
        assert "news" not in modules_on(cast.aubin.schema_name)
        gift.refresh_from_db()
        assert gift.withdrawn_by == "op"
    with on(day + 9 * DAY, subscription):
        assert give(space=cast.aubin.space, modules=["news"], reason="Encore", until=None, author="op")


def test_the_trial_goes_on_while_an_order_waits_for_its_answer(cast: Cast) -> None:
    subscription = trying(cast.aubin, FIRST, LAST)
    order_of(subscription)
    run(subscription, LAST + 20 * DAY)
    assert modules_on(cast.aubin.schema_name) == EVERY
    assert Space.objects.get(pk=cast.aubin.space.pk).state == Space.State.ACTIVE


def test_writing_the_same_rights_again_changes_nothing(cast: Cast) -> None:
    subscription = trying(cast.aubin, FIRST, LAST)
    with on(FIRST, subscription):
        given(subscription)
        version, before = cast.aubin.space.version, rows(subscription)
        given(subscription)
        assert (cast.aubin.space.version, rows(subscription)) == (version, before)


def test_rights_are_those_of_one_commune(cast: Cast) -> None:
    subscription = trying(cast.aubin, FIRST, LAST)
    with on(LAST + 300 * DAY, subscription):
        given(subscription)
        with enter(cast.belleville.schema_name):
            assert modules_on(cast.belleville.schema_name) == EVERY
