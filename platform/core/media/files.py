"""Files that follow the fate of a transaction: none stays when it fails, none goes before it is committed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.files.base import ContentFile
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


def write(name: str, data: bytes) -> None:
    """Store a file under exactly this name, inside `files_in_transaction`."""
    written = _written.get()
    if written is None:
        raise RuntimeError(f"{name} was written outside files_in_transaction()")
    written.append(name)
    kept = default_storage.save(name, ContentFile(data))
    if kept != name:
        written.append(kept)
        raise FileExistsError(name)


def remove(names: list[str]) -> None:
    """Remove files; one that cannot be is logged and does not keep the others."""
    for name in names:
        try:
            default_storage.delete(name)
        except Exception:
            logger.exception("the file %s could not be removed", name)


def forget_files(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Remove the files of a deleted picture, once its deletion is committed."""
    names = list(instance.names)
    transaction.on_commit(lambda: remove(names), robust=True)
