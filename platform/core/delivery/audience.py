"""Whom an announcement reaches, and when it may leave."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.accounts.models import User
from core.delivery.models import Announcement, Channel, Consent, Device, Rules
from core.delivery.models.announcement import USUAL_CAP
from core.delivery.push.vapid import can_push
from core.delivery.quiet import when_awake
from core.web.french import day_and_time

CAP_REACHED = _(
    "Vous avez déjà prévenu les habitants autant de fois que vous vous le permettez en un jour (%(cap)s). "
    "Publiez sans prévenir, ou programmez la parution un autre jour."
)


@dataclass(frozen=True, slots=True)
class Audience:
    """How many devices and addresses would be told, and from when. Nobody is when the day's announcements are spent:
    `refusal` says so."""

    push: int
    email: int
    leaves_at: datetime
    put_off: bool = False
    refusal: str = ""

    @property
    def total(self) -> int:
        return self.push + self.email

    @property
    def sentence(self) -> str:
        """Said beside the tick, before anybody is disturbed."""
        if self.refusal:
            return self.refusal
        if not self.total:
            return str(_("Personne n’a encore demandé à être prévenu."))
        push = ngettext("%(count)s appareil", "%(count)s appareils", self.push) % {"count": self.push}
        email = ngettext("%(count)s adresse e-mail", "%(count)s adresses e-mail", self.email) % {"count": self.email}
        told = str(_(" et ")).join(part for part, count in ((push, self.push), (email, self.email)) if count)
        if self.put_off:
            moment = day_and_time(self.leaves_at)
            return str(_("%(told)s, à partir de %(moment)s : personne n’est dérangé la nuit.")) % {
                "told": told,
                "moment": moment,
            }
        return str(_("%(told)s, tout de suite.")) % {"told": told}


def audience(topic: str, when: datetime | None = None, *, urgent: bool = False) -> Audience:
    """Who would be told of something of this topic, published at `when` (now if None)."""
    published = when or timezone.now()
    leaves_at = published if urgent else when_awake(published)
    put_off = leaves_at > published
    if not urgent and (refusal := refused(leaves_at)):
        return Audience(0, 0, leaves_at, put_off, refusal)
    return Audience(devices(topic).count(), people(topic, Channel.EMAIL).count(), leaves_at, put_off)


def refused(leaves_at: datetime) -> str:
    """Why nothing more may be told on that day, empty when something may. What is urgent spends nothing."""
    cap = daily_cap()
    reached = Announcement.objects.filter(Q(push__gt=0) | Q(email__gt=0), urgent=False)
    spent = reached.filter(leaves_at__range=_day_of(leaves_at)).count()
    return str(CAP_REACHED) % {"cap": cap} if spent >= cap else ""


def daily_cap() -> int:
    found = Rules.objects.order_by("-at", "-pk").values_list("daily_cap", flat=True).first()
    return USUAL_CAP if found is None else found


def devices(topic: str) -> QuerySet[Device]:
    """A person's devices follow the person's choices, the others their own."""
    if not can_push():
        return Device.objects.none()
    asked = Consent.objects.live().filter(topic=topic, channel=Channel.PUSH)
    theirs = Q(Exists(asked.filter(user=OuterRef("user"))), user__is_active=True)
    return Device.objects.filter(theirs | Q(Exists(asked.filter(device=OuterRef("pk"))), user__isnull=True))


def people(topic: str, channel: Channel) -> QuerySet[User]:
    asked = Consent.objects.live().filter(topic=topic, channel=channel, user=OuterRef("pk"))
    return User.objects.filter(Exists(asked), is_active=True, verified_at__isnull=False)


def _day_of(moment: datetime) -> tuple[datetime, datetime]:
    first = datetime.combine(timezone.localtime(moment).date(), time.min, timezone.get_current_timezone())
    return first, first + timedelta(days=1, microseconds=-1)
