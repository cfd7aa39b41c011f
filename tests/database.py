"""One template database per version of the code; each worker works on a copy of it, a file copy away."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
WATCHED = ("platform", "tenants", "modules", "billing", "tests")


def version() -> str:
    """A name for the state of everything that shapes the database: models, migrations, settings, cast."""
    digest = hashlib.sha256()
    for folder in WATCHED:
        for path in sorted((ROOT / folder).rglob("*.py")):
            shapes = {"migrations", "models"} & set(path.parts) or path.name in {"models.py", "cast.py", "database.py"}
            if (
                shapes
                or "settings" in path.parts
                or path.name in {"hooks.py", "actions.py", "opening.py", "prepare.py", "books.py", "entitling.py"}
            ):
                digest.update(path.read_bytes())
    for book in sorted((ROOT / "billing/books").glob("*.json")):
        digest.update(book.read_bytes())
    return digest.hexdigest()[:12]


def server(statement: str) -> list[tuple[object, ...]]:
    """Run one statement on the server itself, outside any test database."""
    values = settings.DATABASES["default"]
    with psycopg.connect(
        dbname="postgres",
        user=values["USER"],
        password=values["PASSWORD"] or None,
        host=values["HOST"],
        port=values["PORT"] or None,
        autocommit=True,
    ) as direct:
        cursor = direct.execute(statement)
        return cursor.fetchall() if cursor.description else []


def exists(name: str) -> bool:
    return bool(server(f"select 1 from pg_database where datname = '{name}'"))


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time: the first worker builds the template, the others wait."""
    path = Path(tempfile.gettempdir()) / f"beffroi-tests-{os.getuid()}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


def build_template() -> str:
    """The template's name, built when this version of the code has none yet."""
    from tests import cast

    name = f"tpl_{version()}"
    with alone():
        if exists(name):
            return name
        for (old,) in server("select datname from pg_database where datname like 'tpl\\_%'"):
            server(f'drop database "{old}" with (force)')
        building = f"building_{os.getpid()}"
        server(f'drop database if exists "{building}" with (force)')
        server(f'create database "{building}"')
        use(building)
        call_command("prepare", verbosity=0)
        cast.play()
        connection.close()
        server(f'alter database "{building}" rename to "{name}"')
    return name


def copy_template(name: str, *, tablespace: str = "pg_default") -> None:
    """Make `name` a fresh copy of the template and work in it."""
    template = build_template()
    connection.close()
    server(f'drop database if exists "{name}" with (force)')
    server(f'create database "{name}" template "{template}" tablespace "{tablespace}" strategy file_copy')
    use(name)
