"""Numbers without a gap, a series and a year at a time."""

from datetime import date

from django.db import connection

from billing.models import Sequence
from billing.models.paper import Series
from core.tenancy.keys import uuid7


class OutsideTransaction(Exception):
    """A number asked for outside a transaction would be lost if what bears it is not kept."""


def number(series: Series, on: date) -> str:
    """The next one, « FAC-2026-000001 ». Whoever asks meanwhile waits for this transaction, and gets it if it fails.

    All series wait at one door: two transactions that take of two series in another order would wait for each other.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(series)
    table = connection.ops.quote_name(Sequence._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('billing.papers.number'))")
        cursor.execute(
            f"insert into public.{table} as kept (id, series, year, last) values (%s, %s, %s, 1) "  # noqa: S608
            "on conflict (series, year) do update set last = kept.last + 1 returning last",
            [uuid7(), series.value, on.year],
        )
        (last,) = cursor.fetchone()
    return numbered(series, on.year, last)


def numbered(series: Series, year: int, rank: int) -> str:
    return f"{series.value}-{year}-{rank:06}"
