"""Files that follow the fate of a transaction: none stays when it fails, none goes before it is committed."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

logger = logging.getLogger(__name__)
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


@contextmanager
def files_in_transaction() -> Iterator[None]:
    """A transaction whose files are removed when it fails. Use it as `transaction.atomic` around whatever stores."""
    outer = _written.get()
    written: list[str] = []
    token = _written.set(written)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        remove(written)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer.extend(written)


def write(name: str, data: bytes | Path | IO[bytes]) -> None:
    """Store a file under exactly this name, inside `files_in_transaction`; it is on the disk, or with the object store,
    when this returns."""
    written = _written.get()
    if written is None:
        raise RuntimeError(f"{name} was written outside files_in_transaction()")
    written.append(name)
    if isinstance(data, Path):
        with data.open("rb") as file:
            kept = default_storage.save(name, File(file))
    elif not isinstance(data, bytes):
        kept = default_storage.save(name, File(data))
    else:
        kept = default_storage.save(name, ContentFile(data))
    if kept != name:
        written.append(kept)
        raise FileExistsError(name)
    _settle(name)


def _settle(name: str) -> None:
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        return  # an object store answers once it has the object
    for each in (path, path.parent, path.parent.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(names: Sequence[str]) -> None:
    """Remove files; one that cannot be is logged and does not keep the others."""
    for name in names:
        try:
            default_storage.delete(name)
        except Exception:
            logger.exception("the file %s could not be removed", name)


def stored_under(folder: str) -> Iterator[tuple[str, int]]:
    """Every file of a folder and of those inside it: its name and its bytes."""
    bucket = getattr(default_storage, "bucket", None)
    if bucket is not None:
        yield from ((each.key, each.size) for each in bucket.objects.filter(Prefix=f"{folder}/"))
        return
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from ((f"{folder}/{name}", default_storage.size(f"{folder}/{name}")) for name in files)
    for name in folders:
        yield from stored_under(f"{folder}/{name}")


def remove_empty_folders(folder: str) -> None:
    """Of a disk, the folder and those inside it, as far as nothing is in them; an object store has none."""
    if getattr(default_storage, "bucket", None) is not None or not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[0]:
        remove_empty_folders(f"{folder}/{name}")
    if not any(default_storage.listdir(folder)):
        default_storage.delete(folder)


def forget_files(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Remove the files of a deleted asset or upload, once its deletion is committed."""
    names = list(instance.names)
    transaction.on_commit(lambda: remove(names), robust=True)
