"""Fixtures of the whole: a database copied from a template, the cast, and clients on their hosts."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from core.tenancy.context import enter
from core.tenancy.here import here
from tenants.sites import sites
from tests import chromium, database
from tests.cast import Cast, Person, read
from tests.probing import PROBES


def _database_name(request: pytest.FixtureRequest) -> str:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    return f"test_{worker}_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Databases are named by `django_db_setup`, per worker."""


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Each worker has a copy of the template; a rolled-back transaction keeps tests apart in all its schemas."""
    name = _database_name(request)
    with django_db_blocker.unblock():
        database.copy_template(name)
    yield
    with django_db_blocker.unblock():
        connection.close()
        database.server(f'drop database if exists "{name}" with (force)')


@pytest.fixture
def committed(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests that commit: the database is copied anew afterwards. Not together with `db`."""
    with django_db_blocker.unblock():
        yield
        sites.clear()
        database.copy_template(_database_name(request))


@pytest.fixture(autouse=True)
def _nobody_left_inside() -> Iterator[None]:
    sites.clear()
    yield
    assert here.get() is None, "a commune was entered and never left"
    sites.clear()


@pytest.fixture(autouse=True)
def _a_cache_of_its_own(settings: Any) -> None:
    """What one test remembers or counts is nothing to the next."""
    settings.CACHES = {name: {**values, "KEY_PREFIX": uuid4().hex} for name, values in settings.CACHES.items()}


@pytest.fixture
def cast(db: None) -> Cast:
    return read()


@pytest.fixture
def committed_cast(committed: None) -> Cast:
    return read()


@pytest.fixture
def client_on() -> Callable[[str], Client]:
    """A browser on a host, signed out, over https."""

    def on(host: str) -> Client:
        return Client(headers={"host": host, "x-forwarded-proto": "https"})

    return on


@pytest.fixture
def client_of(client_on: Callable[[str], Client]) -> Callable[..., Client]:
    """The browser of a person of the cast, signed in on their host (or carrying their cookie to another)."""

    def of(person: Person, host: str | None = None) -> Client:
        client = client_on(host or person.host)
        with enter(person.schema_name):
            from core.accounts.models import User

            client.force_login(User.objects.get(pk=person.id))
        return client

    return of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What cannot run here is told as not run, test by test."""
    if chromium.found() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="not run: no Chromium here (Debian: apt-get install chromium)"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How much the walks asked, per kind."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    told = [line for report in reports for line in report.capstdout.splitlines() if line.startswith(PROBES)]
    if told:
        terminalreporter.section("Probes")
        for line in told:
            terminalreporter.line(line.removeprefix(PROBES))
