"""The night's work: hear what never came, catch up, compare, and tell the operator of each difference once."""

from datetime import timedelta

from django.utils import timezone

from billing.collecting.catching import catch_up
from billing.collecting.comparing import differences
from billing.collecting.replaying import replay
from billing.collecting.telling import tell_all

LOOKS_BACK = timedelta(days=3)


def night() -> int:
    """How many new differences were told."""
    replay(since=timezone.now() - LOOKS_BACK)
    catch_up()
    return tell_all(set(differences()))
