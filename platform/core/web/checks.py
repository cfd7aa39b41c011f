"""What a process needs in order to serve, and how one sees that due work gets done. Each raises when it fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache as remembered
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import Any

import psycopg
from celery import current_app
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.tenancy.due import PULSE
from core.tenancy.here import OPERATOR, PUBLIC

SECONDS = 2
LATE_MINUTES = 10
MIGRATED = (PUBLIC.schema_name, OPERATOR.schema_name)


class NotReady(Exception):
    """A server answers, and what it says is not enough."""


@contextmanager
def _asking() -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own, given up on soon: the pool would make a probe wait behind the requests it is about."""
    parameters: dict[str, Any] = connection.get_connection_params()
    parameters.pop("pool", None)
    parameters |= {"connect_timeout": SECONDS, "options": f"-c statement_timeout={SECONDS * 1000}"}
    with psycopg.connect(**parameters, autocommit=True) as direct:
        yield direct


def database() -> None:
    with _asking() as direct:
        direct.execute("select 1")


def migrations() -> None:
    """Both public and the schema that new communes are copied from hold every migration of this code."""
    with _asking() as direct:
        for schema_name in MIGRATED:
            table = psycopg.sql.Identifier(schema_name, "django_migrations")
            rows = direct.execute(psycopg.sql.SQL("select app, name from {}").format(table)).fetchall()
            if missing := on_disk() - {(str(app), str(name)) for app, name in rows}:
                raise NotReady(f"{schema_name} lacks {sorted(missing)}")


@remembered
def on_disk() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert loader.disk_migrations is not None
    return frozenset(loader.disk_migrations)


def store() -> None:
    proof = token_hex(8)
    cache.set("readyz", proof, 10)
    if cache.get("readyz") is None:
        raise NotReady("the cache forgets what it is given")


def broker() -> None:
    with current_app.connection_for_write() as queue:
        queue.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=SECONDS)


def media() -> None:
    """A file can be written where pictures go; a store that is not a folder of ours answers for itself."""
    if isinstance(default_storage, FileSystemStorage):
        folder = Path(default_storage.location)
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".readyz-") as file:
            file.write(b"ready")
            file.flush()


def scheduler() -> None:
    """The dispatcher ran within the last minute: the scheduler sent it, and a worker took it."""
    if cache.get(PULSE) is None:
        raise NotReady("no worker has run the dispatcher for a minute")


def due_work() -> None:
    with _asking() as direct:
        query = (
            "select count(*) from public.tenancy_duework"
            " where parked_at is null and due_at < now() - make_interval(mins => %s)"
        )
        row = direct.execute(query, [LATE_MINUTES]).fetchone()
    if row is None or row[0]:
        raise NotReady(f"{row and row[0]} jobs are more than {LATE_MINUTES} minutes late")


READY: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "cache": store,
    "broker": broker,
    "media": media,
}
WORK: dict[str, Callable[[], None]] = {"scheduler": scheduler, "due_work": due_work}
