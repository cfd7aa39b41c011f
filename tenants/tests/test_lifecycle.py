"""From waiting to active, to suspended or read-only and back: nothing else, and what may leave at each step."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as sent
from django.utils import timezone

from core.delivery.jobs import send_outbox
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter
from tenants.lifecycle import NotNow, activate, end_writing, reactivate, reopen, suspend
from tenants.models import Space, Suspension
from tests.cast import Cast

STEPS: dict[str, tuple[str, Callable[[Space], object], str]] = {
    "activate": ("pending", lambda space: activate(space=space), "active"),
    "suspend": ("active", lambda space: suspend(space=space, reason="Non.", author="a"), "suspended"),
    "reactivate": ("suspended", lambda space: reactivate(space=space, author="a"), "active"),
    "end_writing": ("active", lambda space: end_writing(space=space, until=None), "read_only"),
    "reopen": ("read_only", lambda space: reopen(space=space), "active"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", Space.State.values)
def test_a_space_goes_to_a_state_only_from_the_one_before(cast: Cast, state: str, step: str) -> None:
    source, act, target = STEPS[step]
    Space.objects.filter(commune_id=cast.aubin.insee).update(state=state)
    version = cast.aubin.space.version
    if state == source:
        act(cast.aubin.space)
        assert (cast.aubin.space.state, cast.aubin.space.version) == (target, version + 1)
    else:
        with pytest.raises(NotNow):
            act(cast.aubin.space)
        assert (cast.aubin.space.state, cast.aubin.space.version) == (state, version)
        assert not Suspension.objects.exists()


def test_the_outbox_of_a_suspended_space_writes_to_its_staff_only(cast: Cast) -> None:
    suspend(space=cast.aubin.space, reason="Non.", author="a")
    now = timezone.now()
    with enter(cast.aubin.schema_name):
        for address in ("habitante@exemple.fr", cast.aubin.editor.email):  # as a transaction begun before leaves them
            OutgoingEmail.objects.create(
                recipient=address, subject="Objet", text="Texte", not_before=now, expires_at=now + timedelta(days=1)
            )
    send_outbox.apply(headers={"space": cast.aubin.schema_name}, throw=True)
    assert [mail.to for mail in sent.outbox] == [[cast.aubin.editor.email]]
    with enter(cast.aubin.schema_name):
        assert OutgoingEmail.objects.get(recipient="habitante@exemple.fr").state == "held"
    reactivate(space=cast.aubin.space, author="a")
    send_outbox.apply(headers={"space": cast.aubin.schema_name}, throw=True)
    assert [mail.to for mail in sent.outbox][1:] == [["habitante@exemple.fr"]]
