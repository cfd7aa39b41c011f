"""How far the telling of one thing has come, per channel."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from core.delivery.models import HELD, Announcement, DeliveryState, OutgoingEmail, OutgoingPush


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recipients of one channel are in each state; each recipient is in one."""

    created: int = 0
    sending: int = 0
    accepted: int = 0
    delivered: int = 0
    displayed: int = 0
    temporary: int = 0
    permanent: int = 0
    technical: int = 0
    expired: int = 0

    @property
    def total(self) -> int:
        return self.left + self.reached + self.failed

    @property
    def left(self) -> int:
        """Still to be sent, or sent again."""
        return self.created + self.sending + self.temporary

    @property
    def reached(self) -> int:
        """Taken by the service in charge, as far as is known."""
        return self.accepted + self.delivered + self.displayed

    @property
    def failed(self) -> int:
        return self.permanent + self.technical + self.expired


@dataclass(frozen=True, slots=True)
class Progress:
    push: Counts
    email: Counts

    @property
    def is_over(self) -> bool:
        """Whether every recipient has their final state."""
        return not self.push.left and not self.email.left


def progress(announcement: Announcement) -> Progress:
    """One statement a channel. An e-mail that is held waits like the others."""
    pushes = OutgoingPush.objects.filter(announcement=announcement)
    mails = OutgoingEmail.objects.filter(announcement=announcement)
    return Progress(_counts(pushes), _counts(mails))


def _counts(rows: QuerySet[OutgoingPush] | QuerySet[OutgoingEmail]) -> Counts:
    found = Counter(dict(rows.order_by().values_list("state").annotate(count=Count("pk"))))
    found[DeliveryState.CREATED] += found.pop(HELD, 0)
    return Counts(**found)
