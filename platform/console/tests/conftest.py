"""A mandate that waits, and what the console's tests look at."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.audit.models import Entry
from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.models import Mandate, Signup
from tests.cast import Cast, Place


def asked_for(place: Place, *, email: str = "", official: bool = False, hours_ago: int = 3) -> Mandate:
    """The mandate that opening this place's space left behind."""
    space = place.space
    signup = Signup.objects.create(
        commune=space.commune,
        space=space,
        name="Camille Dumont",
        capacity=Signup.Capacity.SECRETARY,
        email=email or place.administrator.email,
        team=3,
        hours=12,
        terms_version="2026-01",
        terms_accepted_at=timezone.now(),
        completed_at=timezone.now(),
    )
    mandate = Mandate.objects.create(signup=signup, used_official_mailbox=official)
    Mandate.objects.filter(pk=mandate.pk).update(asked_at=timezone.now() - timedelta(hours=hours_ago))
    mandate.refresh_from_db()
    return mandate


@pytest.fixture
def mandate(cast: Cast) -> Mandate:
    """Doux's, which nobody decided."""
    return asked_for(cast.doux)


@pytest.fixture
def console(cast: Cast, client_of: Callable[..., Client]) -> Client:
    """The operator's browser."""
    return client_of(cast.operator)


def noted() -> list[Entry]:
    """The operator's journal, the last act first."""
    with entered(OPERATOR):
        return list(Entry.objects.all())


def written() -> list[OutgoingEmail]:
    """What the operator wrote, in order."""
    with entered(OPERATOR):
        return list(OutgoingEmail.objects.order_by("created_at", "pk"))
