"""The only safe way to enter a commune."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from core.tenancy.errors import NoSuchSpace
from core.tenancy.here import OPERATOR, PUBLIC, Here, here
from core.tenancy.registry import registry


@contextmanager
def entered(target: Here) -> Iterator[Here]:
    """Run the block in a place already known to exist. No statement is sent before the block's own."""
    token = here.set(target)
    connection.set_tenant(target)  # type: ignore[attr-defined]
    try:
        yield target
    finally:
        here.reset(token)
        connection.set_tenant(here.get() or PUBLIC)  # type: ignore[attr-defined]


@contextmanager
def enter(schema_name: str) -> Iterator[Here]:
    """Run the block in a commune's schema.

    Raises NoSuchSpace unless both the row and the schema exist: PostgreSQL ignores a missing schema in
    `search_path` and would read public instead.
    """
    with entered(resolve(schema_name)) as target:
        yield target


def resolve(schema_name: str) -> Here:
    """The place of this name, checked in the registry and in the database."""
    if schema_name == PUBLIC.schema_name or not schema_name:
        raise NoSuchSpace(f"{schema_name!r} is not a commune")
    found = registry().resolve(schema_name)
    if found is None:
        raise NoSuchSpace(f"no row or no schema called {schema_name!r}")
    return found


__all__ = ["OPERATOR", "PUBLIC", "Here", "enter", "entered", "resolve"]
