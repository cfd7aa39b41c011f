"""The states of a space: waiting for its mandate, active, suspended, read-only; how it goes from one to another.

A space that waits or is suspended shows nothing to the public and sends nothing outside its staff, who can read all of
it. A suspension stops no job: what falls due is done on its day, as the mairie had decided, and privacy's delays keep
running. Nobody outside sees it: pages answer 503, and e-mails are held until the space is active again, or expire.

One that may only be read is what its public always saw; alerts still leave, and whoever asked for them may change their
mind.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from core.audit.actions import record
from core.delivery.actions import hold_back, release_held
from core.tenancy.context import enter
from tenants.models import Space, Suspension


class NotNow(Exception):
    """The space is not in the state from which this may be done; `state` is the one it is in."""

    def __init__(self, space: Space) -> None:
        super().__init__(f"{space.schema_name} is {space.state}")
        self.state = space.state


@transaction.atomic
def activate(*, space: Space) -> None:
    """Open a space that waited to its residents, and let go what it had written to them. Raises NotNow."""
    _move(space, Space.State.PENDING, Space.State.ACTIVE)
    with enter(space.schema_name):
        record("mandate.accepted")
        release_held()


@transaction.atomic
def suspend(*, space: Space, reason: str, author: str) -> Suspension:
    """Close an active space to its residents. Raises NotNow."""
    _move(space, Space.State.ACTIVE, Space.State.SUSPENDED)
    with enter(space.schema_name):
        record("tenants.suspended", reason=reason)
        hold_back()
    return Suspension.objects.create(space=space, reason=reason, author=author)


@transaction.atomic
def reactivate(*, space: Space, author: str) -> None:
    """Open a suspended space again. Raises NotNow."""
    _move(space, Space.State.SUSPENDED, Space.State.ACTIVE)
    space.suspensions.filter(lifted_at__isnull=True).update(lifted_at=timezone.now(), lifted_by=author)
    with enter(space.schema_name):
        record("tenants.reactivated")
        release_held()


@transaction.atomic
def end_writing(*, space: Space, until: date | None) -> None:
    """Let an active space be read only, until the last day before it is erased. Raises NotNow."""
    _move(space, Space.State.ACTIVE, Space.State.READ_ONLY)
    Space.objects.filter(pk=space.pk).update(read_only_until=until)
    with enter(space.schema_name):
        record("tenants.read_only")


def tell_end(*, space: Space, until: date | None) -> None:
    """Say until when a space may be read."""
    if Space.objects.filter(pk=space.pk).exclude(read_only_until=until).update(read_only_until=until):
        space.changed()


@transaction.atomic
def reopen(*, space: Space) -> None:
    """Let a space that was read only be written in again. Raises NotNow."""
    _move(space, Space.State.READ_ONLY, Space.State.ACTIVE)
    Space.objects.filter(pk=space.pk).update(read_only_until=None)
    with enter(space.schema_name):
        record("tenants.reopened")


def _move(space: Space, source: str, target: str) -> None:
    """Change the state under a lock: of two who do so at once, the second sees what the first did."""
    found = Space.objects.select_for_update().get(pk=space.pk)
    if found.state != source:
        raise NotNow(found)
    Space.objects.filter(pk=space.pk).update(state=target)
    space.changed()
