"""What became of one message to one recipient, said in the same words by every channel."""

from datetime import datetime
from typing import Any, Final, Self, TypeVar

from django.db import models
from django.db.models import Q


class DeliveryState(models.TextChoices):
    """SENDING: handed over, or held by a worker until its lease is over. TEMPORARY is tried again until its deadline;
    PERMANENT is an address, a number or a device that cannot be written to; TECHNICAL is our fault, or the service's.

    Not every channel says all: no push service of a browser tells that it delivered, and no e-mail that it was shown.
    """

    CREATED = "created", "à envoyer"
    SENDING = "sending", "en cours d’envoi"
    ACCEPTED = "accepted", "accepté"
    DELIVERED = "delivered", "reçu"
    DISPLAYED = "displayed", "affiché"
    TEMPORARY = "temporary", "échec passager"
    PERMANENT = "permanent", "échec définitif"
    TECHNICAL = "technical", "échec technique"
    EXPIRED = "expired", "périmé"


OPEN: Final = (DeliveryState.CREATED, DeliveryState.SENDING, DeliveryState.TEMPORARY)
# Of an e-mail only: its commune may not write outside its staff yet.
HELD: Final = "held"

Row = TypeVar("Row", bound=models.Model)


class Outgoing(models.QuerySet[Row]):
    def open(self) -> Self:
        """Those whose end is not written, and which may leave."""
        return self.filter(state__in=OPEN)

    def free(self, now: datetime) -> Self:
        """Those that no worker holds."""
        return self.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now))


def state_field(*more: tuple[str, str]) -> "models.CharField[Any, Any]":
    choices = [*DeliveryState.choices, *more]
    return models.CharField(max_length=9, choices=choices, default=DeliveryState.CREATED)
