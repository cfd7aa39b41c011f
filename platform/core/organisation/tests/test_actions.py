from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from core.accounts.models import User
from core.audit.models import Entry
from core.organisation.actions import (
    Description,
    Hours,
    announce_period,
    close_department,
    delegate,
    describe,
    end_delegations_of,
    move,
    withdraw_period,
)
from core.organisation.models import Delegation, Department, SpecialPeriod
from core.tenancy.context import enter
from tests.cast import Cast

TUESDAY = Hours(1, time(9), time(12))


@pytest.fixture
def author(cast: Cast):  # type: ignore[no-untyped-def]
    with enter(cast.aubin.schema_name):
        yield User.objects.get(pk=cast.aubin.administrator.id)


def made(author: User, name: str, *hours: Hours) -> Department:
    return describe(None, description=Description(name), hours=hours, author=author)


def test_two_open_departments_cannot_share_a_name(author: User) -> None:
    first = made(author, "Accueil")
    with pytest.raises(ValidationError):
        made(author, "accueil")
    close_department(first, author=author)
    made(author, "accueil")


@pytest.mark.parametrize(
    "other", [Hours(1, time(11), time(14)), Hours(1, time(8), time(13)), Hours(1, time(9), time(12), "odd")]
)
def test_slots_that_overlap_are_refused_and_nothing_changes(author: User, other: Hours) -> None:
    accueil = made(author, "Accueil", TUESDAY)
    with pytest.raises(ValidationError):
        describe(accueil, description=Description("Accueil"), hours=[TUESDAY, other], author=author)
    assert accueil.slots.count() == 1


def test_even_and_odd_weeks_do_not_overlap(author: User) -> None:
    made(author, "Accueil", Hours(1, time(9), time(12), "odd"), Hours(1, time(9), time(17), "even"))


def test_saving_a_department_replaces_its_week(author: User) -> None:
    accueil = made(author, "Accueil", TUESDAY)
    describe(accueil, description=Description("Accueil"), hours=[Hours(3, time(14), time(17))], author=author)
    assert [slot.weekday for slot in accueil.slots.all()] == [3]


def test_departments_keep_the_order_they_are_given(author: User) -> None:
    made(author, "Accueil"), made(author, "Urbanisme"), made(author, "Écoles")
    move(Department.objects.get(name="Écoles"), step=-1, author=author)
    assert [each.name for each in Department.objects.all()] == ["Accueil", "Écoles", "Urbanisme"]
    move(Department.objects.get(name="Accueil"), step=-1, author=author)
    assert Department.objects.first() == Department.objects.get(name="Accueil")


def test_a_delegation_is_held_once_and_ends_when_its_holder_leaves(author: User) -> None:
    accueil = made(author, "Accueil")
    delegate(accueil, author, title="Adjointe", author=author)
    delegate(accueil, author, title="Première adjointe", author=author)
    assert Delegation.objects.get().title == "Première adjointe"
    end_delegations_of(author)
    assert Delegation.objects.get().ended_at


def test_a_period_is_withdrawn_with_a_line_in_the_journal(author: User) -> None:
    period = announce_period(
        department=None, first_day=date(2026, 12, 24), last_day=date(2026, 12, 31), opens=None, closes=None,
        reason="Fêtes", author=author,
    )  # fmt: skip
    assert period.is_closing
    withdraw_period(period, author=author)
    assert not SpecialPeriod.objects.exists()
    assert Entry.objects.filter(verb="organisation.period_withdrawn").exists()
