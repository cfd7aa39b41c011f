"""The next collection, the menus, the market: what is computed, and what a form refuses."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import set_urlconf
from django.utils import timezone

from core.media.tests.documents import pdf
from core.organisation.models import Weeks
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from modules.presentation import hooks
from modules.presentation.forms.practical import days_of
from modules.presentation.models import CanteenWeek, Collection, CollectionChange, Market, Stream
from modules.presentation.queries.practical import next_pickups, pickups, soon
from tests.cast import Cast

Of = Callable[..., Client]
ANYONE: Any = AnonymousUser()
AT = "/mairie/commune/vie-pratique/"
TUESDAY = date(2026, 11, 24)  # of week 48


@pytest.fixture
def inside(cast: Cast) -> Iterator[None]:
    set_urlconf(settings.SITE_URLCONFS["space"])
    with enter(cast.aubin.schema_name):
        yield
    set_urlconf(None)


def collected(weekdays: list[int], **values: Any) -> Collection:
    return Collection.objects.create(stream=Stream.SORTED, weekdays=weekdays, **values)


def days(collection: Collection, first: date = TUESDAY, *changes: CollectionChange, count: int = 15) -> list[date]:
    return [each.day for each in pickups(collection, changes, first, "05", count)]


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("weekdays", "weeks", "expected"),
    [
        ([1, 4], Weeks.EVERY, ["2026-11-24", "2026-11-27", "2026-12-01", "2026-12-04", "2026-12-08"]),
        ([1], Weeks.EVEN, ["2026-11-24", "2026-12-08"]),
        ([1], Weeks.ODD, ["2026-12-01"]),
        ([3], Weeks.FIRST, ["2026-12-03"]),
    ],
)
def test_a_collection_falls_on_its_days_of_its_weeks(weekdays: list[int], weeks: str, expected: list[str]) -> None:
    assert [day.isoformat() for day in days(collected(weekdays, weeks=weeks))] == expected


@pytest.mark.usefixtures("inside")
def test_odd_and_even_weeks_follow_the_calendar_across_a_year_of_fifty_three_weeks() -> None:
    collection = collected([3], weeks=Weeks.ODD)
    assert days(collection, date(2026, 12, 24), count=22) == [date(2026, 12, 31), date(2027, 1, 7)]


@pytest.mark.usefixtures("inside")
def test_a_change_moves_a_collection_or_takes_it_away() -> None:
    collection = collected([4])
    moved = CollectionChange(collection=collection, day=date(2026, 11, 27), moved_to=date(2026, 11, 28))
    off = CollectionChange(collection=collection, day=date(2026, 12, 4))
    assert days(collection, TUESDAY, moved, off, count=20) == [date(2026, 11, 28), date(2026, 12, 11)]
    other = collected([4])
    assert days(other, TUESDAY, moved, off, count=5) == [date(2026, 11, 27)]


@pytest.mark.usefixtures("inside")
def test_a_collection_on_a_holiday_that_nobody_spoke_of_is_said_to_be_checked() -> None:
    collection = collected([4])
    [pickup] = next_pickups([collection], [], date(2026, 12, 25), "05")
    assert (pickup.day, pickup.holiday) == (date(2026, 12, 25), "Noël")


@pytest.mark.usefixtures("inside")
def test_the_home_says_what_goes_out_today_and_tomorrow() -> None:
    today = timezone.localdate()
    assert list(hooks.home(ANYONE)) == []
    collected([(today.weekday() + 1) % 7])
    collected([(today.weekday() + 3) % 7])
    [section] = hooks.home(ANYONE)
    [(day, found)] = section.context["days"]
    assert day == today + timedelta(days=1) and [each.collection.what for each in found] == ["poubelle jaune (tri)"]
    assert soon([], today) == []


def test_the_home_reads_tomorrow_yellow_bin(cast: Cast, client_on: Callable[[str], Client]) -> None:
    with enter(cast.aubin.schema_name):
        collected([(timezone.localdate().weekday() + 1) % 7])
    page = client_on(cast.aubin.host).get("/").content.decode().replace("\u00a0", " ")
    assert "<b>Demain :</b> poubelle jaune" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"stream": "glass"}, "weekdays"),
        ({"stream": "glass", "weekdays": ["7"]}, "weekdays"),
        ({"stream": "gold", "weekdays": ["1"]}, "stream"),
        ({"stream": "glass", "weekdays": ["1"], "weeks": "fifth"}, "weeks"),
        ({"stream": "glass", "weekdays": ["1"], "weeks": "every", "area": str(uuid7())}, "area"),
        ({"stream": "glass", "weekdays": ["1"], "weeks": "every", "note": "x" * 10_000}, "note"),
    ],
)
def test_a_collection_that_stands_on_no_day_is_refused(
    cast: Cast, client_of: Of, typed: dict[str, Any], field: str
) -> None:
    answer = client_of(cast.aubin.editor).post(f"{AT}collectes/nouveau/", typed)
    assert answer.status_code == 422 and field in answer.context["form"].errors


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "2026-02-30"}, "day"),
        ({"day": "1926-11-26"}, "day"),
        ({"day": "tomorrow"}, "day"),
        ({"day": "+1"}, "day"),
        ({"day": "+0", "moved_to": "+0"}, "moved_to"),
        ({"day": "+0", "moved_to": "9999-12-31"}, "moved_to"),
    ],
)
def test_a_change_of_a_day_that_is_none_is_refused(
    cast: Cast, client_of: Of, change: dict[str, str], field: str
) -> None:
    usual = timezone.localdate() + timedelta(days=7)
    with enter(cast.aubin.schema_name):
        collection = collected([usual.weekday()])
    shifted = {"+0": usual.isoformat(), "+1": (usual + timedelta(days=1)).isoformat()}
    typed = {name: shifted.get(value, value) for name, value in change.items()}
    answer = client_of(cast.aubin.editor).post(
        f"{AT}collectes-deplacees/nouveau/", {"collection": str(collection.pk), **typed}
    )
    assert answer.status_code == 422 and field in answer.context["form"].errors


def test_a_menu_is_kept_under_its_monday_and_a_week_has_one(cast: Cast, client_of: Of) -> None:
    client, day = client_of(cast.aubin.editor), timezone.localdate()
    monday = day - timedelta(days=day.weekday())
    typed = {"monday": (monday + timedelta(days=2)).isoformat(), "dishes_0": "Soupe\nTarte", "allergens_0": "lait"}
    assert client.post(f"{AT}cantine/nouveau/", {**typed, "key": uuid7()}).status_code == 302
    answer = client.post(f"{AT}cantine/nouveau/", {**typed, "key": uuid7(), "dishes_0": "Autre"})
    assert answer.status_code == 422 and "déjà là" in str(answer.context["form"].errors["monday"])
    with enter(cast.aubin.schema_name):
        week = CanteenWeek.objects.get()
    assert (week.monday, week.meals) == (monday, [("lundi", "Soupe\nTarte", "lait")])
    page = client.get("/commune/vie-pratique/").content.decode()
    assert "Soupe<br>Tarte" in page and "lait" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"monday": "2026-W54", "dishes_0": "Soupe"}, "monday"),
        ({"monday": "2026-02-30", "dishes_0": "Soupe"}, "monday"),
        ({"monday": "0001-01-01", "dishes_0": "Soupe"}, "monday"),
        ({"monday": "2099-01-01", "dishes_0": "Soupe"}, "monday"),
        ({"monday": "today"}, "pasted"),
        ({"monday": "today", "pasted": "rien de lisible"}, "pasted"),
        ({"monday": "today", "dishes_0": "x" * 10_000}, "dishes_0"),
    ],
)
def test_a_menu_of_no_week_or_of_nothing_is_refused(
    cast: Cast, client_of: Of, typed: dict[str, str], field: str
) -> None:
    typed = {name: timezone.localdate().isoformat() if value == "today" else value for name, value in typed.items()}
    answer = client_of(cast.aubin.editor).post(f"{AT}cantine/nouveau/", typed)
    assert answer.status_code == 422 and field in answer.context["form"].errors


def test_a_menu_may_be_a_pdf_that_residents_open(cast: Cast, client_of: Of) -> None:
    client = client_of(cast.aubin.editor)
    file = SimpleUploadedFile("menu.pdf", pdf("Menu"), "application/pdf")
    typed = {"monday": timezone.localdate().isoformat(), "document": file, "key": str(uuid7())}
    answer = client.post(f"{AT}cantine/nouveau/", typed)
    assert answer.status_code == 302, answer.context["form"].errors
    with enter(cast.aubin.schema_name):
        document = CanteenWeek.objects.select_related("document").get().document
    page = client.get("/commune/vie-pratique/").content.decode()
    assert document is not None and str(document.pk) in page


def test_a_whole_menu_that_is_pasted_is_cut_at_its_days() -> None:
    text = "Lundi 23 : Soupe\nTarte\nMARDI\nPoulet\nriz\n\nJeudi - Omelette"
    assert days_of(text) == {0: "Soupe\nTarte", 1: "Poulet\nriz", 3: "Omelette"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"opens": "12:00", "closes": "08:00"}, "closes"),
        ({"opens": "12:00", "closes": ""}, "closes"),
        ({"opens": "midi", "closes": "13:00"}, "opens"),
        ({"weekday": "9"}, "weekday"),
        ({"name": ""}, "name"),
    ],
)
def test_a_market_that_never_opens_is_refused(cast: Cast, client_of: Of, typed: dict[str, str], field: str) -> None:
    whole = {"name": "Marché", "weekday": "5", "weeks": "every", "opens": "08:00", "closes": "12:00"}
    client = client_of(cast.aubin.editor)
    answer = client.post(f"{AT}marches/nouveau/", {**whole, **typed})
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert client.post(f"{AT}marches/nouveau/", whole).status_code == 302
    with enter(cast.aubin.schema_name):
        assert Market.objects.get().days == "le samedi"
