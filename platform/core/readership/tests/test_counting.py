"""Readings are summed, and nothing of a reader is kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.accounts.models import User
from core.readership import Channel, opened, readings, totals, with_channel
from core.readership.gathering import flush
from core.readership.models import Reading
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.cast import Cast


@pytest.fixture
def in_aubin(cast: Cast) -> Iterator[Cast]:
    with enter(cast.aubin.schema_name):
        yield cast


def request(path: str = "/", user: Any = None, **headers: str) -> Any:
    made = RequestFactory(headers=headers).get(path)
    made.user = user or AnonymousUser()
    return made


def test_readings_are_summed_by_day_and_way_in_one_statement(in_aubin: Cast) -> None:
    one, two, never = uuid7(), uuid7(), uuid7()
    for path in ("/", "/?de=push", "/?de=push", "/?de=mail", "/?de=ailleurs"):
        opened(request(path), "news", one)
    opened(request(), "news", two)
    opened(request(), "page", one)
    with CaptureQueriesContext(
        connection,
    ) as made:
        found = readings("news", [one, two, never])
    assert len(made) <= 2  # the statement, and the path to the commune
    assert found[one].total == 5
    assert found[one].by_channel == {Channel.DIRECT: 2, Channel.PUSH: 2, Channel.MAIL: 1}
    assert found[one].by_day == {timezone.localdate(): 5}
    assert (found[two].total, found[never].total) == (1, 0)


def test_readings_that_come_together_are_written_together(in_aubin: Cast, settings: Any) -> None:
    settings.READINGS_TOGETHER = 3600.0
    one, two = uuid7(), uuid7()
    with CaptureQueriesContext(connection) as sent:
        for key in (one, one, two, one):
            opened(request(), "news", key)
    assert len([each for each in sent if "insert" in each["sql"]]) == 2, "the first of each at once"
    assert totals("news", [one, two]) == {one: 1, two: 1}
    flush()
    assert totals("news", [one, two]) == {one: 3, two: 1}
    flush()
    assert totals("news", [one, two]) == {one: 3, two: 1}, "nothing is written twice"


def test_totals_are_what_readings_sum_to_in_one_statement(in_aubin: Cast) -> None:
    one, two, never = uuid7(), uuid7(), uuid7()
    for path, key in (("/", one), ("/?de=mail", one), ("/", two)):
        opened(request(path), "news", key)
    with CaptureQueriesContext(connection) as sent:
        assert totals("news", [one, two, never]) == {one: 2, two: 1, never: 0}
    assert len(sent) <= 2  # the statement, and the path to the commune


def test_the_row_names_nobody(in_aubin: Cast) -> None:
    names = {field.name for field in Reading._meta.fields}
    assert names == {"id", "kind", "key", "day", "channel", "count"}


def test_staff_at_work_and_pages_fetched_ahead_are_no_readings(in_aubin: Cast) -> None:
    key = uuid7()
    opened(request(user=User.objects.get(pk=in_aubin.aubin.editor.id)), "news", key)
    opened(request(**{"Sec-Purpose": "prefetch"}), "news", key)
    assert readings("news", [key])[key].total == 0
    opened(request(user=User.objects.get(pk=in_aubin.aubin.resident.id)), "news", key)
    assert readings("news", [key])[key].total == 1


@pytest.mark.parametrize(
    ("url", "told"), [("/actualites/1/", "/actualites/1/?de=qr"), ("/a/?theme=eau#bas", "/a/?theme=eau&de=qr#bas")]
)
def test_a_link_tells_which_it_is(url: str, told: str) -> None:
    assert with_channel(url, Channel.QR) == told
