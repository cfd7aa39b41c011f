"""Removing what a database's transaction cannot: files and entries of caches of a space that is gone."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from core.audit.actions import record
from core.media.files import remove_empty_folders, stored_under
from core.tenancy.cache import forget_entries
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from core.web.french import typographic
from tenants.leaving.facts import ErasureFacts
from tenants.models import Commune, Erasure, Space

logger = logging.getLogger(__name__)
SWEEP: Final = "leaving.sweep"
SOON: Final = timedelta(minutes=5)
Listener = Callable[[ErasureFacts], None]
_listeners: list[Listener] = []


def when_erased(listener: Listener) -> Listener:
    """Have a function called once nothing of a space is left, in the transaction that writes so: once, whatever dies.

    It is called in public. When it raises, it is called again later.
    """
    _listeners.append(listener)
    return listener


def finish(key: UUID) -> None:
    """Remove what is left of an erased space; nothing to do the second time."""
    erasure = Erasure.objects.get(pk=key)
    if erasure.over_at:
        return
    forget_entries(schema_of(erasure.commune_id))
    for name in erasure.left:
        default_storage.delete(name)
    _remove_strays(erasure.commune_id)
    with transaction.atomic():
        locked = Erasure.objects.select_for_update().get(pk=key)
        if locked.over_at:
            return
        Erasure.objects.filter(pk=key).update(left=[], over_at=timezone.now())
        facts = ErasureFacts.of(locked)
        with entered(OPERATOR):
            told = {"rows": facts.rows, "files": facts.files, "sha256": facts.sha256}
            record("leaving.erased", target=typographic(str(locked.commune)), insee=facts.insee, **told)
        for listener in _listeners:
            listener(facts)


def sweep() -> datetime | None:
    """Finish what was begun; return when to come again, None when nothing is left anywhere."""
    failed = False
    for key in Erasure.objects.filter(over_at=None).order_by("at").values_list("pk", flat=True):
        try:
            finish(key)
        except Exception:
            logger.exception("the erasure %s is not over yet", key)
            failed = True
    return timezone.now() + SOON if failed else None


@transaction.atomic
def _remove_strays(insee: str) -> None:
    """What an upload or an export wrote while the space was being erased; not once the commune has another space."""
    Commune.objects.select_for_update().get(pk=insee)
    if Space.objects.filter(commune_id=insee).exists():
        return
    for name, _ in stored_under(folder_of(insee)):
        default_storage.delete(name)
    remove_empty_folders(folder_of(insee))


def folder_of(insee: str) -> str:
    return f"c/{insee}"


def schema_of(insee: str) -> str:
    return f"c{insee.lower()}"
