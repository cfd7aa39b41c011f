"""A weather warning opens a draft, once, where it should, and sends nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.tenancy.context import enter
from modules.alerts import actions, jobs
from modules.alerts.models import Alert, AlertMessage, AlertState, Vigilance
from modules.alerts.queries import meteofrance
from modules.alerts.queries.vigilance import packed, warnings_of
from modules.alerts.tests.maps import HOUR, KEY, Service, item, map_of, now, one, period, serving
from modules.alerts.tests.warning import content, user
from tenants.models import Space
from tenants.switches import set_options, switch_off
from tests.cast import Cast, Place

Of = Callable[..., Client]


def warn(place: Place, body: bytes) -> None:
    with enter(place.schema_name):
        jobs.open_drafts.run(packed(warnings_of(body)))


def drafts(place: Place) -> list[Alert]:
    with enter(place.schema_name):
        return list(Alert.objects.order_by("created_at"))


@pytest.mark.parametrize(
    ("phenomenon", "event"),
    [(1, "storm"), (2, "flood"), (3, "storm"), (4, "flood"), (5, "snow"), (6, "heatwave"), (7, "other"), (8, "other"),
     (9, "flood")],
)  # fmt: skip
@pytest.mark.parametrize(("colour", "severity"), [(3, "severe"), (4, "extreme")])
def test_each_phenomenon_opens_a_draft_of_its_event(
    cast: Cast, phenomenon: int, event: str, colour: int, severity: str
) -> None:
    warn(cast.aubin, one("12", phenomenon, colour))
    [draft] = drafts(cast.aubin)
    assert (draft.event, draft.severity, draft.state, draft.author_id) == (event, severity, AlertState.DRAFT, None)
    assert draft.headline.startswith("Vigilance orange" if colour == 3 else "Vigilance rouge")
    assert draft.ends_at == now() + 6 * HOUR and draft.starts_at is None
    assert "Source : Météo-France" in draft.description
    with enter(cast.aubin.schema_name):
        assert not AlertMessage.objects.exists()


def test_the_same_warning_told_again_opens_nothing_more(cast: Cast) -> None:
    warn(cast.aubin, one("12", 1, 3))
    warn(cast.aubin, one("12", 1, 3))
    warn(cast.aubin, one("12", 1, 3, hours=9, at=now() + HOUR))
    [draft] = drafts(cast.aubin)
    assert draft.ends_at == now() + 9 * HOUR


def test_a_draft_that_somebody_changed_is_left_as_it_is(cast: Cast) -> None:
    warn(cast.aubin, one("12", 1, 3))
    [draft] = drafts(cast.aubin)
    with enter(cast.aubin.schema_name):
        mine = content(event="storm", headline="À nous")
        actions.revise(key=draft.pk, version=1, content=mine, author=user(cast.aubin.editor))
    warn(cast.aubin, one("12", 1, 3, hours=9, at=now() + HOUR))
    assert [each.headline for each in drafts(cast.aubin)] == ["À nous"]
    warn(cast.aubin, one("12", 1, 4, at=now() + 2 * HOUR))
    assert [each.headline for each in drafts(cast.aubin)] == ["À nous", "Vigilance rouge : vent violent"]


def test_red_takes_the_place_of_an_orange_that_nobody_touched(cast: Cast) -> None:
    warn(cast.aubin, one("12", 1, 3))
    warn(cast.aubin, one("12", 1, 4, at=now() + HOUR))
    warn(cast.aubin, one("12", 1, 3, at=now() + 2 * HOUR))
    assert [each.headline for each in drafts(cast.aubin)] == ["Vigilance rouge : vent violent"]


def test_what_was_thrown_away_does_not_come_back(cast: Cast) -> None:
    warn(cast.aubin, one("12", 1, 3))
    [draft] = drafts(cast.aubin)
    with enter(cast.aubin.schema_name):
        actions.delete_draft(key=draft.pk, author=user(cast.aubin.editor))
    warn(cast.aubin, one("12", 1, 3, hours=9, at=now() + HOUR))
    assert drafts(cast.aubin) == []


def test_two_phenomena_open_two_drafts(cast: Cast) -> None:
    hours = [(now(), now() + HOUR, 3)]
    warn(cast.aubin, map_of(period("J", now(), {"12": [item(1, hours), item(5, hours)]})))
    assert {each.event for each in drafts(cast.aubin)} == {"storm", "snow"}


def test_a_warning_that_is_over_or_far_away_opens_nothing(cast: Cast) -> None:
    for begin in (now() - 10 * HOUR, now() + timedelta(days=30)):
        warn(cast.aubin, map_of(period("J", begin, {"12": [item(1, [(begin, begin + HOUR, 3)])]})))
    assert drafts(cast.aubin) == []


def test_one_that_begins_later_says_when(cast: Cast) -> None:
    begin = now() + 5 * HOUR
    warn(cast.aubin, map_of(period("J", now(), {"12": [item(1, [(begin, begin + HOUR, 3)])]})))
    assert [each.starts_at for each in drafts(cast.aubin)] == [begin]


def test_an_untouched_draft_goes_with_its_warning(cast: Cast) -> None:
    warn(cast.aubin, one("12", 1, 3))
    warn(cast.aubin, one("12", 5, 3, hours=30))
    [wind, _snow] = drafts(cast.aubin)
    with time_machine.travel(wind.ends_at + timedelta(minutes=1), tick=False), enter(cast.aubin.schema_name):
        following = actions.drop_over()
        assert following == Vigilance.objects.get(phenomenon=5).ends_at
    assert [each.event for each in drafts(cast.aubin)] == ["snow"]


def test_a_commune_chooses_to_be_warned_and_whether_it_is_on_the_shore(cast: Cast) -> None:
    shore = one("1210", 9, 3)
    warn(cast.aubin, shore)
    assert drafts(cast.aubin) == []
    space = Space.objects.get(schema_name=cast.aubin.schema_name)
    set_options(space, "alerts", {"shore": True, "vigilance": True}, author="test")
    warn(cast.aubin, shore)
    assert len(drafts(cast.aubin)) == 1
    set_options(space, "alerts", {"vigilance": False}, author="test")
    warn(cast.aubin, one("12", 1, 3))
    assert len(drafts(cast.aubin)) == 1


def test_the_office_is_told_and_sends_when_it_decides(cast: Cast, client_of: Of) -> None:
    warn(cast.aubin, one("12", 1, 3))
    [draft] = drafts(cast.aubin)
    assert "Vigilance orange : vent violent" not in client_of(cast.aubin.resident).get("/").content.decode()
    todo = client_of(cast.aubin.editor).get("/mairie/").content.decode()
    assert "Météo-France annonce une vigilance orange vent violent. Rien n’est envoyé." in todo
    mayor = client_of(cast.aubin.administrator)
    mayor.post(f"/mairie/alertes/{draft.pk}/envoyer/", {"version": draft.version})
    [sent] = drafts(cast.aubin)
    assert sent.state == AlertState.SENT


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    with serving() as answering:
        settings.VIGILANCE_ENDPOINT, settings.VIGILANCE_API_KEY = answering.endpoint, KEY
        yield answering


def departement(place: Place) -> str:
    return str(Space.objects.get(schema_name=place.schema_name).commune.departement)


def test_the_map_is_asked_with_the_key_and_each_warned_commune_opens_its_drafts(
    cast: Cast, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(jobs.open_drafts, "apply_async", lambda **job: told.append(job["headers"]["space"]))
    service.body = one(departement(cast.aubin), 1, 3)
    assert jobs.fetch_vigilance.run() == len(told) > 0
    assert service.keys == [KEY] and cast.aubin.schema_name in told
    switch_off(Space.objects.get(schema_name=cast.aubin.schema_name), "alerts", author="test")
    told.clear()
    jobs.fetch_vigilance.run()
    assert cast.aubin.schema_name not in told
    service.body = one("01", 1, 3)
    assert jobs.fetch_vigilance.run() == 0


@pytest.mark.parametrize("status", [204, 301, 401, 403, 404, 429, 500, 503])
def test_an_answer_that_is_no_map_is_logged_and_opens_nothing(
    cast: Cast, service: Service, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    service.status, service.body = status, b"" if status == 204 else one(departement(cast.aubin), 1, 3)
    service.headers = {"Location": service.endpoint}
    assert jobs.fetch_vigilance.run() == 0
    assert f"answered {status}" in caplog.text and len(service.keys) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"product": ' + b" " * 6_000_000])
def test_an_answer_that_makes_no_sense_is_logged(
    cast: Cast, service: Service, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    service.body = body
    assert jobs.fetch_vigilance.run() == 0
    assert "the map of vigilance was not read" in caplog.text


def test_an_answer_that_never_ends_is_cut(
    cast: Cast, service: Service, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meteofrance, "MOST_SECONDS", 0.1)
    service.drips, service.body = True, one(departement(cast.aubin), 1, 3)
    assert jobs.fetch_vigilance.run() == 0
    assert "took too long" in caplog.text


def test_no_answer_is_logged_and_without_a_key_nothing_is_asked(
    cast: Cast, settings: Any, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    settings.VIGILANCE_API_KEY = ""
    assert jobs.fetch_vigilance.run() == 0 and service.keys == []
    settings.VIGILANCE_API_KEY, settings.VIGILANCE_ENDPOINT = KEY, "http://127.0.0.1:1/"
    assert jobs.fetch_vigilance.run() == 0
    assert "no answer" in caplog.text
