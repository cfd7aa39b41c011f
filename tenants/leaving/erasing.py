"""Erasing a space: its rows in one transaction, then its files and what caches hold, whatever dies in between.

Before the commit nothing has happened. After it the commune answers as one that never opened, and a row of `Erasure`,
in the same transaction, says what is left to remove: `finish` removes it at once, or the job does when that was killed.
"""

from typing import Final

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from core.delivery.models import SmsRoute
from core.media.files import stored_under
from core.tenancy.context import entered
from core.tenancy.due import due
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from tenants.leaving.facts import ErasureFacts
from tenants.leaving.sweeping import SOON, SWEEP, finish, folder_of
from tenants.leaving.tables import SHARED, Table, schema_models
from tenants.leaving.words import words_of
from tenants.models import Erasure, OpeningWatch, Signup, Space

# The directory is the State's; how a refused mandate was decided stays with the operator.
_THE_STATES: Final = {"tenants.Commune", "tenants.CommuneContour"}
_OPENING: Final = {"tenants.Signup", "tenants.Mandate", "tenants.MandateMessage"}


def erase_with_facts(space: Space) -> ErasureFacts:
    """Erase all that a commune has here, its opening included, and tell how much it was.

    In a caller's transaction the rows go with it, and the files once it is committed.
    """
    return _erase(space, opening_too=True)


def erase_space(space: Space) -> ErasureFacts:
    """Erase a space that its operator refused: who asked for it, and the answer, stay with the operator."""
    return _erase(space, opening_too=False)


def last_erasure(insee: str) -> ErasureFacts | None:
    """What was last erased of a commune, once nothing of it is left; None when nothing was, or some still is."""
    found = Erasure.objects.filter(commune_id=insee).first()
    return ErasureFacts.of(found) if found and found.over_at else None


@transaction.atomic
def _erase(space: Space, *, opening_too: bool) -> ErasureFacts:
    held = Space.objects.select_for_update(of=("self",)).select_related("commune").get(pk=space.pk)
    assert held.commune is not None
    files = dict(stored_under(folder_of(held.commune.insee)))
    erasure = Erasure(commune=held.commune, at=timezone.now(), left=sorted(files))
    facts = ErasureFacts(
        key=erasure.pk,
        insee=held.commune.insee,
        name=held.commune.name,
        at=erasure.at,
        tables=_counted(held, opening_too=opening_too),
        files=len(files),
        bytes=sum(files.values()),
    )
    erasure.facts = facts.as_json()
    erasure.save(force_insert=True)
    _drop(held, opening_too=opening_too)
    with entered(OPERATOR):
        SmsRoute.objects.filter(schema_name=held.schema_name).delete()
        due(SWEEP, timezone.now() + SOON)
    transaction.on_commit(lambda: finish(erasure.pk), robust=True)
    return facts


def _counted(space: Space, *, opening_too: bool) -> tuple[tuple[str, int], ...]:
    """The rows of every table that has some: of the registry, then of the schema."""
    assert space.commune is not None
    kept = _THE_STATES if opening_too else _THE_STATES | _OPENING
    shared = [Table(apps.get_model(label), lookup) for label, lookup in SHARED.items() if label not in kept]
    with entered(space.here):
        counts = [(table.words, table.rows(space.commune.insee).count()) for table in shared]
        counts += [(words_of(model), model._base_manager.count()) for model in schema_models()]
    return tuple((words, count) for words, count in counts if count)


def _drop(space: Space, *, opening_too: bool) -> None:
    opening = list(Signup.objects.filter(space=space).values_list("pk", flat=True)) if opening_too else []
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # a table with checks to come is not dropped
        cursor.execute(f'drop schema "{space.schema_name}" cascade')
    DueWork.objects.filter(schema_name=space.schema_name).delete()
    Space.objects.filter(pk=space.pk).delete()
    Signup.objects.filter(pk__in=opening).delete()
    if opening_too:
        OpeningWatch.objects.filter(commune_id=space.commune_id, told_at__isnull=False).delete()
