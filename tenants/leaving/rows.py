"""Rows as lines of JSON: one object a line, its keys in the order of the columns, the same at every asking."""

import base64
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db import connection, transaction

from tenants.leaving.tables import Table

AT_ONCE: Final = 500
_GZIP: Final = b"\x1f\x8b"


@contextmanager
def snapshot() -> Iterator[None]:
    """One unchanging view of the database, read only. Inside a caller's transaction, the caller's own view."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def lines(table: Table, insee: str) -> Iterator[tuple[int, bytes]]:
    """How many rows, and their lines, so many at once: what is held in memory does not grow with the table."""
    names = [field.attname for field in table.columns]
    held: list[str] = []
    for values in table.rows(insee).values_list(*names).iterator(chunk_size=AT_ONCE):
        held.append(json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False, default=plain))
        if len(held) == AT_ONCE:
            yield len(held), _joined(held)
            held = []
    if held:
        yield len(held), _joined(held)


def _joined(held: list[str]) -> bytes:
    return ("\n".join(held) + "\n").encode()


def plain(value: Any) -> Any:
    """What JSON has no word for: moments in UTC, keys as text, bytes as the text that they are or in base64."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes() | memoryview():
            return _text(bytes(value))
        case set() | frozenset() | tuple():
            return sorted(value) if isinstance(value, set | frozenset) else list(value)
        case _:
            return str(value)


def _text(data: bytes) -> str:
    opened = gzip.decompress(data) if data.startswith(_GZIP) else data
    try:
        return opened.decode()
    except UnicodeDecodeError:
        return base64.b64encode(data).decode()
