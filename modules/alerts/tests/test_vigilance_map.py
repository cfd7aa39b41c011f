"""Reading the map of vigilance: what it warns of, and nothing else."""

import json
from datetime import timedelta
from typing import Any

import pytest

from modules.alerts.queries.vigilance import Unreadable, Warned, packed, unpacked, warnings_of
from modules.alerts.tests.maps import HOUR, item, map_of, now, one, period


def read(domains: dict[str, Any]) -> list[Warned]:
    return warnings_of(map_of(period("J", now(), domains)))


@pytest.mark.parametrize("colour", [1, 2])
def test_green_and_yellow_warn_of_nothing(colour: int) -> None:
    assert warnings_of(one("80", 1, colour)) == []


def test_orange_holds_from_its_first_hour_to_its_last() -> None:
    begin = now()
    hours = [(begin, begin + HOUR, 2), (begin + HOUR, begin + 2 * HOUR, 3), (begin + 2 * HOUR, begin + 3 * HOUR, 4),
             (begin + 3 * HOUR, begin + 4 * HOUR, 1)]  # fmt: skip
    [warned] = read({"80": [item(3, hours)]})
    assert (warned.departement, warned.shore, warned.phenomenon, warned.colour) == ("80", False, 3, 4)
    assert (warned.begins_at, warned.ends_at) == (begin + HOUR, begin + 3 * HOUR)


def test_floods_without_hours_hold_for_the_whole_period() -> None:
    [warned] = read({"2A": [item(4, [], colour=3)]})
    assert (warned.departement, warned.begins_at, warned.ends_at) == ("2A", now(), now() + timedelta(days=1))


def test_a_shore_is_told_from_its_departement_and_the_country_from_both() -> None:
    hours = [(now(), now() + HOUR, 3)]
    told = read({name: [item(9, hours)] for name in ("8010", "80", "FRA", "ZDF_NORD", "99", "971", "8", "")})
    assert {(each.departement, each.shore) for each in told} == {("80", True), ("80", False), ("99", False)}


def test_today_and_tomorrow_are_one_warning() -> None:
    today = period("J", now(), {"80": [item(1, [(now(), now() + 9 * HOUR, 3)])]})
    tomorrow = period("J1", now() + 24 * HOUR, {"80": [item(1, [(now() + 24 * HOUR, now() + 30 * HOUR, 4)])]})
    [warned] = warnings_of(map_of(today, tomorrow))
    assert (warned.colour, warned.begins_at, warned.ends_at) == (4, now(), now() + 30 * HOUR)
    assert len(warnings_of(map_of(tomorrow))) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"null", b"<html>", b'{"product": []}', b'{"product": {"update_time": "hier", "periods": []}}',
     b'{"product": {"update_time": "2026-11-30T06:00:00Z", "periods": {}}}', b"[" * 100_000, b"\xff\xfe"],
)  # fmt: skip
def test_what_is_no_map_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(Unreadable):
        warnings_of(body)


@pytest.mark.parametrize(
    ("name", "value"),
    [("phenomenon_id", value) for value in (None, "", "0", "10", "un", "٣", -1, True, [], 1.5, "9" * 30)]
    + [("phenomenon_max_color_id", value) for value in (None, "rouge", 5, 0, {}, "4" * 30)],
)
def test_what_cannot_be_understood_is_left_out_and_the_rest_is_read(name: str, value: Any) -> None:
    wrong = {**item(1, [(now(), now() + HOUR, 3)]), name: value}
    told = read({"80": [wrong, item(6, [(now(), now() + HOUR, 3)])]})
    assert [each.phenomenon for each in told] == [6]


@pytest.mark.parametrize("hours", ["x", None, 3, ["x"], [{}], [{"color_id": 3, "begin_time": 1, "end_time": "demain"}]])
def test_wrong_hours_are_the_periods(hours: Any) -> None:
    [warned] = read({"80": [{**item(1, [], colour=3), "timelaps_items": hours}]})
    assert warned.ends_at == now() + timedelta(days=1)


@pytest.mark.parametrize("domains", ["x", None, 3, ["x"], [None], {"a": 1}, [{"domain_id": "80"}], [{"domain_id": 80}]])
def test_wrong_domains_warn_of_nothing(domains: Any) -> None:
    assert warnings_of(map_of({**period("J", now(), {}), "timelaps": {"domain_ids": domains}})) == []
    assert warnings_of(map_of({"timelaps": domains})) == []


def test_a_job_carries_warnings_whole() -> None:
    told = warnings_of(one("80", 2, 4))
    assert unpacked(packed(told)) == told
    assert isinstance(json.loads(packed(told)), list)
