"""Readings of one thing that come close together are written together: thousands open one alert within a minute, and
each would wait for the same row. What a killed process had not written yet is lost: some seconds of sums."""

import atexit
import logging
import time
from collections import Counter
from datetime import date
from threading import Lock, Timer
from uuid import UUID

from django.conf import settings
from django.db import connection

from core.tenancy.context import enter
from core.tenancy.errors import NoSuchSpace
from core.tenancy.keys import uuid7

logger = logging.getLogger(__name__)

Row = tuple[str, str, UUID, date, str]  # schema, kind, key, day, way in
_COUNT = """
insert into readership_reading (id, kind, key, day, channel, count) values (%s, %s, %s, %s, %s, %s)
on conflict (kind, key, day, channel) do update set count = readership_reading.count + excluded.count
"""
_lock = Lock()
_waiting: Counter[Row] = Counter()
_written: dict[Row, float] = {}
_timers: list[Timer] = []


def count(row: Row) -> None:
    """Write the first at once; what comes soon after it, all together."""
    with _lock:
        now = time.monotonic()
        if now - _written.get(row, -settings.READINGS_TOGETHER) < settings.READINGS_TOGETHER:
            _waiting[row] += 1
            if not _timers:
                _start()
            return
        _written[row] = now
    _write(row, 1)


def flush() -> None:
    """Write what waits, of every commune."""
    with _lock:
        rows = dict(_waiting)
        _waiting.clear()
        _written.clear()
        for timer in _timers:
            timer.cancel()
        _timers.clear()
    for row, times in rows.items():
        try:
            with enter(row[0]):
                _write(row, times)
        except NoSuchSpace:
            logger.info("readings of a space that is gone are forgotten")


def _start() -> None:
    timer = Timer(settings.READINGS_TOGETHER, _flush_apart)
    timer.daemon = True
    _timers.append(timer)
    timer.start()
    atexit.unregister(_flush_apart)
    atexit.register(_flush_apart)


def _flush_apart() -> None:
    try:
        flush()
    except Exception:
        logger.exception("readings could not be written")
    finally:
        connection.close()


def _write(row: Row, times: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [uuid7(), *row[1:], times])
