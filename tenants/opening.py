"""Opening a commune's schema: one transaction, all or nothing."""

from django.db import connection, transaction
from django.utils import timezone

from core.privacy.retention import EVERY, RETAIN
from core.tenancy.context import entered
from core.tenancy.due import due
from core.tenancy.here import Here
from tenants.models import Commune, Space
from tenants.template import template


class AlreadyOpen(Exception):
    """Somebody opened this commune first."""


@transaction.atomic
def open_space(commune: Commune, *, is_demo: bool = False) -> Space:
    """Make the commune's schema and its row; raises AlreadyOpen when it has them.

    Two at once are told apart by the lock on the commune: the second waits, then sees the first one's space.
    """
    Commune.objects.select_for_update().get(pk=commune.pk)
    if Space.objects.filter(commune=commune).exists():
        raise AlreadyOpen(commune.insee)
    here = Here(f"c{commune.insee.lower()}", commune.insee)
    statements = template()  # before the cursor below, which keeps the path it was opened with
    with connection.cursor() as cursor:
        cursor.execute(f'create schema "{here.schema_name}"')
    with entered(here), connection.cursor() as cursor:
        cursor.execute(";\n".join(statements))  # one round trip: on a busy machine each one waits for its turn
    space: Space = Space.objects.create(
        schema_name=here.schema_name, commune=commune, landscape=commune.kind, is_demo=is_demo
    )
    with entered(here):
        due(RETAIN, timezone.now() + EVERY)
    return space
