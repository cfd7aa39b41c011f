"""What the operator sees: mandates confirmed, one that waits, a space that is suspended."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from console import actions as console
from core.accounts.actions import add_person, grant_role, verify
from core.accounts.models import User
from core.catalogue import Role
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from deploy.demo import texts
from deploy.demo.clock import at
from deploy.demo.communes import open_with_everything
from deploy.demo.texts import SUSPENDED, WAITING, Place
from portal.signup.terms import VERSION
from tenants.models import Mandate, Signup, Space
from tenants.models.opening import Capacity

REASON = "La mairie a demandé une pause, le temps de changer d’équipe (démonstration)."


def operator(now: datetime) -> User:
    """The one who confirms mandates, there before any of them."""
    with at(now - timedelta(days=500)), entered(OPERATOR):
        user = add_person(email=texts.OPERATOR, name="Barnabé (personne fictive)")
        verify(user)
        grant_role(user, Role.OPERATOR, author=None)
    return user


def confirm(space: Space, place: Place, author: User, now: datetime) -> None:
    """The mandate of a place that is open, as its signup left it and as the operator confirmed it the next day."""
    opened, first = now - timedelta(days=place.opened), place.staff[0]
    with at(opened):
        mandate = _asked(space, first.name, place.address(first), team=place.team, hours=place.hours)
    with at(opened + timedelta(days=1)):
        console.accept(key=mandate.pk, author=author)


@transaction.atomic
def open_waiting(now: datetime) -> None:
    """A commune opened this week by its secretary, from the mairie's official mailbox."""
    with at(now - timedelta(days=2, hours=3)):
        name, email = "Aubépine (personne fictive)", f"mairie@{WAITING}.example"
        _asked(open_with_everything(WAITING, name=name, email=email).space, name, email, official=True)


@transaction.atomic
def open_suspended(author: User, now: datetime) -> None:
    """A commune confirmed last season and suspended since."""
    name, email = "Léonce (personne fictive)", f"secretariat@{SUSPENDED}.example"
    with at(now - timedelta(days=150)):
        space = open_with_everything(SUSPENDED, name=name, email=email).space
        mandate = _asked(space, name, email)
    with at(now - timedelta(days=148)):
        console.accept(key=mandate.pk, author=author)
    with at(now - timedelta(days=12)):
        console.suspend(space=space, reason=REASON, author=author)


def _asked(space: Space, name: str, email: str, *, team: int = 2, hours: int = 12, official: bool = False) -> Mandate:
    now = timezone.now()
    signup = Signup.objects.create(
        commune_id=space.commune_id,
        team=team,
        hours=hours,
        want="inform",
        modules=sorted(settings.CATALOGUE.slugs),
        name=name,
        capacity=Capacity.SECRETARY,
        email=email,
        terms_version=VERSION,
        terms_accepted_at=now,
        codes_sent=1,
        completed_at=now,
        space=space,
    )
    return Mandate.objects.create(signup=signup, used_official_mailbox=official)
