"""Crossing from one host to another: a random word, hashed at rest, used once, within a minute, on one host only."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.utils import timezone

from core.tenancy.context import entered
from core.tenancy.here import PUBLIC
from tenants.models import Space, Ticket

LIFE = timedelta(seconds=60)


def issue(space: Space, person: UUID) -> str:
    """Give the word that lets `person` in on the space's host."""
    word = token_urlsafe(32)
    with entered(PUBLIC):
        Ticket.objects.create(token_hash=_hashed(word), space=space, person=person, expires_at=timezone.now() + LIFE)
    return word


def consume(word: str, space: Space) -> UUID | None:
    """Use a word up; give its person, None when it is unknown, used, expired or another host's."""
    with entered(PUBLIC):
        rows = Ticket.objects.filter(token_hash=_hashed(word), space=space)
        found = rows.values_list("person", "expires_at").first()
        if found is None or not rows.delete()[0] or found[1] <= timezone.now():
            return None
    return UUID(str(found[0]))


def _hashed(word: str) -> str:
    return sha256(word.encode()).hexdigest()
