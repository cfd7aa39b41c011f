"""How far the telling of one thing has come, per channel."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from core.delivery.models import Announcement, EmailState, OutgoingEmail, OutgoingPush, PushState


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
    """One statement a channel. An e-mail says less of itself: handed to the mail server, it is accepted."""
    pushes = OutgoingPush.objects.filter(announcement=announcement)
    mails = OutgoingEmail.objects.filter(announcement=announcement)
    return Progress(_counts(pushes, F("state")), _counts(mails, _OF_EMAIL))


_OF_EMAIL = Case(
    When(state=EmailState.SENT, then=Value(PushState.ACCEPTED.value)),
    When(state=EmailState.REFUSED, then=Value(PushState.PERMANENT.value)),
    When(state=EmailState.EXPIRED, then=Value(PushState.EXPIRED.value)),
    When(Q(leased_until__isnull=False), then=Value(PushState.SENDING.value)),
    When(attempts__gt=0, then=Value(PushState.TEMPORARY.value)),
    default=Value(PushState.CREATED.value),
    output_field=CharField(),
)


def _counts(rows: QuerySet[OutgoingPush] | QuerySet[OutgoingEmail], state: F | Case) -> Counts:
    found = rows.order_by().annotate(now=state).values_list("now").annotate(count=Count("pk"))
    return Counts(**Counter(dict(found)))
