"""Health tells the truth: each server is taken away in turn, for real."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.utils import timezone

from core.tenancy.due import dispatch
from core.tenancy.models import DueWork
from core.web.health import ready, work
from tests.cast import Cast

On = Callable[[str], Client]
ADDRESSES = ("/healthz", "/readyz", "/workz")
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    ready.forget(), work.forget()
    yield
    ready.forget(), work.forget()


@pytest.fixture
def media(tmp_path: Any, settings: Any) -> Any:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def failing(browser: Client, path: str = "/readyz") -> list[str]:
    answer = browser.get(path)
    named: list[str] = answer.json()["failing"]
    assert answer.status_code == (503 if named else 200)
    assert set(answer.json()) == {"ok", "failing"}
    return named


def test_with_every_server_there_a_process_is_ready(committed_cast: Cast, client_on: On, media: Any) -> None:
    assert failing(client_on("beffroi.test")) == []


def test_a_database_that_is_away_is_named_and_the_process_still_lives(
    cast: Cast, client_on: On, media: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    assert failing(client_on("beffroi.test")) == ["database", "migrations"]
    assert client_on("beffroi.test").get("/healthz").status_code == 200


def test_a_cache_that_is_away_is_named(cast: Cast, client_on: On, media: Any, settings: Any) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": NOWHERE}}
    assert failing(client_on("beffroi.test")) == ["cache"]
    work.forget()
    assert failing(client_on("beffroi.test"), "/workz") == ["scheduler"]


def test_a_broker_that_is_away_is_named(cast: Cast, client_on: On, media: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_app.conf, "broker_write_url", NOWHERE)
    assert failing(client_on("beffroi.test")) == ["broker"]


def test_a_disk_that_takes_no_file_is_named(cast: Cast, client_on: On, media: Any, settings: Any) -> None:
    (media / "taken").write_text("a file where the folder should be")
    settings.MEDIA_ROOT = str(media / "taken")
    assert failing(client_on("beffroi.test")) == ["media"]


@pytest.mark.parametrize("schema_name", ["public", "operator"])
def test_a_migration_that_was_not_applied_is_named(
    schema_name: str, committed_cast: Cast, client_on: On, media: Any
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"delete from {schema_name}.django_migrations where app = 'accounts'")
    assert failing(client_on("beffroi.test")) == ["migrations"]


def test_work_that_is_late_and_a_scheduler_that_is_silent_are_named(committed_cast: Cast, client_on: On) -> None:
    DueWork.objects.all().delete()
    browser = client_on("beffroi.test")
    assert failing(browser, "/workz") == ["scheduler"]
    dispatch()
    work.forget()
    assert failing(browser, "/workz") == []
    DueWork.objects.create(schema_name="c12013", job="delivery.x", due_at=timezone.now() - timedelta(hours=1))
    work.forget()
    assert failing(browser, "/workz") == ["due_work"]


def test_work_that_a_module_switched_off_holds_back_is_not_late(committed_cast: Cast, client_on: On) -> None:
    DueWork.objects.all().delete()
    long_ago = timezone.now() - timedelta(days=9)
    DueWork.objects.create(schema_name="c12013", job="news.x", due_at=long_ago, parked_at=long_ago)
    assert "due_work" not in failing(client_on("beffroi.test"), "/workz")


@pytest.mark.parametrize("path", ADDRESSES)
def test_health_answers_on_any_host_without_a_statement_and_is_never_kept(path: str, client_on: On) -> None:
    """No database fixture: a statement through Django's connection would be refused."""
    for host in ("10.0.0.7", "nobody.example", "beffroi.test"):
        answer = client_on(host).get(path)
        assert answer.status_code in {200, 503}
        assert answer["Cache-Control"] == "no-store"
    assert client_on("beffroi.test").post(path).status_code == 405


def test_what_was_found_is_believed_for_a_moment(cast: Cast, client_on: On, media: Any, settings: Any) -> None:
    assert "cache" not in failing(client_on("beffroi.test"))
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": NOWHERE}}
    assert "cache" not in failing(client_on("beffroi.test"))
    ready.forget()
    assert "cache" in failing(client_on("beffroi.test"))
