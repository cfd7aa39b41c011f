"""The site closed for a while, by a file that every process sees."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast

On = Callable[[str], Client]


@pytest.fixture
def closed(tmp_path: Path, settings: Any) -> Path:
    settings.MAINTENANCE_FILE = str(tmp_path / "maintenance")
    return tmp_path / "maintenance"


@pytest.mark.parametrize("host", ["beffroi.test", "aubin.beffroi.test", "nobody.beffroi.test"])
def test_pages_say_that_they_come_back_without_a_statement(host: str, client_on: On, closed: Path) -> None:
    """No database fixture: a statement would be refused."""
    closed.write_text("25\n")
    answer = client_on(host).get("/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "1500"
    assert "Nous revenons bientôt" in answer.content.decode()
    assert "/static/web/css/base.css" in answer.content.decode()


def test_programs_are_told_in_json(client_on: On, closed: Path) -> None:
    closed.write_text("soon")
    answer = client_on("aubin.beffroi.test").get("/api/v1/actualites/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "600"
    assert answer.json()["error"]["code"] == "closed"


def test_health_and_the_console_still_answer(cast: Cast, client_on: On, closed: Path) -> None:
    closed.touch()
    assert client_on(cast.portal_host).get("/healthz").status_code == 200
    assert client_on(cast.console_host).get("/").status_code == 302


def test_a_host_that_only_begins_like_the_console_is_closed_too(client_on: On, closed: Path, settings: Any) -> None:
    closed.touch()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "console.elsewhere.test"]
    assert client_on("console.elsewhere.test").get("/").status_code == 503


def test_the_site_opens_when_the_file_goes(cast: Cast, client_on: On, closed: Path) -> None:
    closed.touch()
    assert client_on(cast.aubin.host).get("/").status_code == 503
    closed.unlink()
    assert client_on(cast.aubin.host).get("/").status_code == 200


def test_a_form_that_is_too_long_says_so(cast: Cast, client_on: On, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client_on(cast.aubin.host).post("/connexion/", "email=" + "a" * 5000, "application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "trop long" in answer.content.decode()
