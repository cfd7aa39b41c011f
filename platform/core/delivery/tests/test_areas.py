"""Who follows areas is told of what touches theirs; who follows none, of everything."""

from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.delivery.announcing import Sms, announce
from core.delivery.audience import audience, devices, numbers
from core.delivery.following import follow, followed
from core.delivery.models import Channel, FollowedArea, OutgoingEmail, SmsConsent
from core.delivery.sms.consenting import withdraw
from core.delivery.tests.test_announcing import ask, device, here, resident
from core.tenancy.keys import uuid7
from core.territory.models import Area
from tests.cast import Cast

__all__ = ["here"]


def area(name: str, south: float, north: float, west: float = 4.0, east: float = 4.1) -> Area:
    ring = [[south, west], [south, east], [north, east], [north, west], [south, west]]
    box = {"south": south, "west": west, "north": north, "east": east}
    return Area.objects.create(name=name, kind="district", polygon=[ring], author="a@exemple.fr", **box)


@pytest.fixture
def north(here: Cast) -> Area:
    return area("Le Haut", 45.01, 45.02)


@pytest.fixture
def south(here: Cast) -> Area:
    return area("Le Bas", 45.00, 45.01)


def reached(*areas: Area) -> int:
    found = audience("news", within=frozenset(each.pk for each in areas))
    return found.push + found.email


def test_who_follows_another_area_is_not_told(here: Cast, north: Area, south: Area) -> None:
    person = resident(here)
    device(person)
    ask(person, Channel.PUSH, Channel.EMAIL)
    follow(person, [north])
    assert reached(south) == 0
    assert reached(north) == reached(north, south) == audience("news").total == 2


def test_who_follows_no_area_is_told_everything(here: Cast, south: Area) -> None:
    person, stranger = resident(here), device()
    ask(person, Channel.EMAIL)
    ask(stranger, Channel.PUSH)
    assert reached(south) == 2
    assert reached() == 2, "an area that nobody named, as one drawn where none is"


def test_an_area_within_another_or_across_it_is_touched_and_a_neighbour_is_not(
    here: Cast, north: Area, south: Area
) -> None:
    person = resident(here)
    ask(person, Channel.EMAIL)
    hamlet, across = area("Hameau", 45.002, 45.004, 4.01, 4.02), area("Vallée", 45.005, 45.015, 4.05, 4.2)
    follow(person, [hamlet])
    assert (reached(south), reached(north), reached(across)) == (1, 0, 0)
    follow(person, [south])
    assert (reached(hamlet), reached(north), reached(across)) == (1, 0, 1)


def test_an_area_that_is_offered_no_more_still_counts_by_its_ground(here: Cast, north: Area, south: Area) -> None:
    person = resident(here)
    ask(person, Channel.EMAIL)
    follow(person, [north])
    Area.objects.filter(pk=north.pk).update(closed_at=timezone.now())
    assert reached(area("Le Haut redessiné", 45.011, 45.03)) == 1
    assert reached(south) == 0


def test_what_is_told_goes_to_those_only(here: Cast, north: Area, south: Area) -> None:
    near, far = device(), device()
    ask(near, Channel.PUSH), ask(far, Channel.PUSH)
    ask(resident(here), Channel.EMAIL)
    follow(near, [north]), follow(far, [south]), follow(resident(here), [south])
    told = announce(
        topic="news", key=uuid7(), title="Coupure", text="", url="/", author=None, within=frozenset({north.pk})
    )
    assert (told.push, told.email, OutgoingEmail.objects.count()) == (1, 0, 0)
    assert [push.device_id for push in told.pushes.all()] == [near.pk]


def test_the_devices_and_numbers_of_a_person_follow_what_the_person_does(here: Cast, north: Area, south: Area) -> None:
    person = resident(here)
    theirs = device(person)
    number = SmsConsent.objects.create(user=person, number="+33639980001", topic="news", version="1", author="x")
    ask(person, Channel.PUSH)
    follow(theirs, [north])
    assert list(followed(person)) == list(followed(number)) == [north]
    within = frozenset({south.pk})
    assert not devices("news", within)
    assert not numbers("news", within)
    assert numbers("news", {north.pk}).get() == number


def test_a_number_without_an_account_follows_its_own(here: Cast, north: Area, south: Area) -> None:
    number = SmsConsent.objects.create(number="+33639980001", topic="news", version="1", author="x")
    follow(number, [south])
    assert numbers("news", {south.pk}).get() == number
    assert not numbers("news", {north.pk})
    found = audience("news", within=frozenset({north.pk}), sms=Sms("Eau coupée"))
    assert found.sms == 0


def test_a_number_that_is_left_alone_follows_nothing(here: Cast, north: Area) -> None:
    number = SmsConsent.objects.create(number="+33639980001", topic="news", version="1", author="x")
    follow(number, [north])
    withdraw(number="+33639980001", by="STOP")
    assert not FollowedArea.objects.exists()


def test_a_closed_area_is_refused_unless_it_was_followed(here: Cast, north: Area, south: Area) -> None:
    person = resident(here)
    follow(person, [north])
    Area.objects.update(closed_at=timezone.now())
    north.refresh_from_db(), south.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        follow(person, [north, south])
    assert refused.value.code == "closed"
    follow(person, [north])
    assert list(followed(person)) == [north]


def test_following_twice_is_once_and_following_none_is_everything(here: Cast, north: Area) -> None:
    person = resident(here)
    follow(person, [north, north])
    follow(person, [north])
    assert FollowedArea.objects.count() == 1
    follow(person, [])
    assert not FollowedArea.objects.exists()


@pytest.mark.parametrize("owners", [0, 2])
def test_an_area_is_followed_by_one(owners: int, here: Cast, north: Area) -> None:
    owned: dict[str, Any] = {"user": resident(here), "device": device()} if owners else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowedArea.objects.create(area=north, **owned)


def test_areas_cost_no_statement_more_for_many_followers(
    here: Cast, north: Area, south: Area, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        follow(device(), [north, south][number % 2 :])
    within: frozenset[UUID] = frozenset({north.pk})
    with django_assert_max_num_queries(8):
        audience("news", within=within, sms=Sms("Eau coupée"))
