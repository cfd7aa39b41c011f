"""Numbers without a gap, a series and a year at a time."""

from datetime import date
from enum import StrEnum

from django.db import connection

from billing.models import Sequence


class Series(StrEnum):
    INVOICE = "FAC"
    CREDIT_NOTE = "AVO"
    QUOTE = "DEV"
    ORDER = "CMD"
    CERTIFICATE = "CER"


class OutsideTransaction(Exception):
    """A number asked for outside a transaction would be lost if what wears it is not kept."""


def number(series: Series, on: date) -> str:
    """The next one, « FAC-2026-000001 ». Whoever asks meanwhile waits for this transaction, and gets it if it fails."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(series)
    table = connection.ops.quote_name(Sequence._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} as kept (series, year, last) values (%s, %s, 1) "  # noqa: S608
            "on conflict (series, year) do update set last = kept.last + 1 returning last",
            [series.value, on.year],
        )
        (last,) = cursor.fetchone()
    return f"{series}-{on.year}-{last:06}"
