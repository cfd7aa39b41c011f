"""What a figure was measured on, and a database of its own to measure in."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests import database


def described() -> str:
    """The machine and how busy it is: absolute times mean nothing without it."""
    loads = ", ".join(f"{load:.2f}" for load in os.getloadavg())
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        (version,) = cursor.fetchone()
    return (
        f"Python {platform.python_version()}, PostgreSQL {version}, {os.cpu_count()} cores, "
        f"load over 1, 5 and 15 minutes: {loads}"
    )


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A copy of the tests' database, with its cast, dropped afterwards."""
    name = f"bench_{name}_{os.getpid()}"
    database.copy_template(name)
    try:
        yield
    finally:
        connection.close()
        database.server(f'drop database if exists "{name}" with (force)')
