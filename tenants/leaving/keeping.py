"""Making what was asked for, keeping it a week, and removing it: the work of one job, which may die at any moment.

A session lock keeps two workers from making the same export; it ends with the worker that held it. A file is whole
once its row says when it was ready: one that a killed worker began is removed before it is begun again, and one that no
row names is removed by the next run.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Final

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from core.accounts.models import User
from core.audit.actions import record
from core.delivery.actions import send_email
from core.media.files import files_in_transaction, remove, write
from core.media.quota import words as weight
from core.tenancy.here import current
from tenants.hosts import space_url
from tenants.leaving.asking import tell_percent
from tenants.leaving.making import Made, make
from tenants.models import Export
from tenants.models.leaving import KEPT, export_folder

BUSY_AGAIN: Final = timedelta(minutes=5)


def work() -> datetime | None:
    """Remove what is over, make what was asked for; return when there is something to do next."""
    with _alone() as free:
        if not free:
            return timezone.now() + BUSY_AGAIN
        _own().filter(ready_at__lte=timezone.now() - KEPT).delete()
        asked = _own().filter(ready_at=None).order_by("asked_at").first()
        if asked is not None:
            _make(asked)
        _remove_strays()
    first = _own().filter(ready_at__isnull=False).order_by("ready_at").first()
    return first.expires_at if first else None


@contextmanager
def _alone() -> Iterator[bool]:
    name = [f"export {current().schema_name}"]
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext(%s))", name)
        (free,) = cursor.fetchone()
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtext(%s))", name)


def _own() -> QuerySet[Export]:
    return Export.objects.select_related("space__commune").filter(space__schema_name=current().schema_name)


def _make(export: Export) -> None:
    if default_storage.exists(export.name):
        default_storage.delete(export.name)
    told = -1

    def tell(percent: int) -> None:
        nonlocal told
        if percent != told:
            told = percent
            tell_percent(export, percent)

    with TemporaryFile("w+b") as out:
        made = make(export.space, out, tell)
        _keep(export, made, out)


@files_in_transaction()
def _keep(export: Export, made: Made, out: IO[bytes]) -> None:
    """Store a whole file, then say that it is ready; it takes the place of those before it."""
    write(export.name, out)
    rows = Export.objects.filter(pk=export.pk, ready_at=None)
    if not rows.update(ready_at=timezone.now(), rows=made.rows, files=made.files, bytes=made.bytes, sha256=made.sha256):
        raise RuntimeError(f"export {export.pk} is not asked for any more")
    _own().filter(ready_at__isnull=False).exclude(pk=export.pk).delete()
    record("leaving.export_ready", rows=made.rows, files=made.files, bytes=made.bytes, sha256=made.sha256)
    _write_to_who_asked(export, made)


def _remove_strays() -> None:
    """Files without a row: of exports that are over, or were replaced."""
    known = {each.name for each in _own()}
    folder = export_folder(current())
    try:
        _, found = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    remove([name for each in found if (name := f"{folder}/{each}") not in known])


def _write_to_who_asked(export: Export, made: Made) -> None:
    person = User.objects.filter(pk=export.person, is_active=True).first() if export.person else None
    if person is None:
        return
    until = timezone.now() + KEPT
    context = {"url": space_url(export.space, "/mairie/export/"), "weight": weight(made.bytes), "until": until}
    send_email("export_ready", to=person.email, context=context)
