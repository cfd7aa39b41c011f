"""Whom an announcement reaches, and when it may leave."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.accounts.models import User
from core.delivery.mail.suppressing import is_suppressed
from core.delivery.models import Announcement, Channel, Consent, Device, FollowedArea, Rules, SmsConsent
from core.delivery.models.announcement import USUAL_CAP
from core.delivery.push.vapid import can_push
from core.delivery.quiet import when_awake
from core.delivery.sms.actions import NOT_OFFERED, cost
from core.delivery.sms.carrying import can_sms
from core.delivery.sms.credit import LACKING, balance
from core.delivery.sms.wording import Sms
from core.territory.models import Area
from core.territory.overlaps import touched
from core.web.french import day_and_time

CAP_REACHED = _(
    "Vous avez déjà prévenu les habitants autant de fois que vous vous le permettez en un jour (%(cap)s). "
    "Publiez sans prévenir, ou programmez la parution un autre jour."
)


class Ground(frozenset[UUID]):
    """Areas with all the followed ones that share ground with them: worked out once for several questions."""


@dataclass(frozen=True, slots=True)
class Audience:
    """How many devices, addresses and numbers would be told, and from when. Nobody is when the day's announcements are
    spent: `refusal` says so. `sms_refusal` says why the SMS would be refused: no provider, their text, the credit."""

    push: int
    email: int
    leaves_at: datetime
    put_off: bool = False
    refusal: str = ""
    sms: int = 0
    segments: int = 0
    credit: int = 0
    lacks_credit: bool = False
    sms_refusal: str = ""

    @property
    def total(self) -> int:
        return self.push + self.email + (0 if self.sms_refusal else self.sms)

    @property
    def sentence(self) -> str:
        """Said beside the tick, before anybody is disturbed."""
        if self.refusal:
            return self.refusal
        if not self.total:
            return str(_("Personne n’a encore demandé à être prévenu."))
        told = self.recipients
        if self.put_off:
            moment = day_and_time(self.leaves_at)
            return str(_("%(told)s, à partir de %(moment)s : personne n’est dérangé la nuit.")) % {
                "told": told,
                "moment": moment,
            }
        return str(_("%(told)s, tout de suite.")) % {"told": told}

    @property
    def recipients(self) -> str:
        """Whom, in words: « 3 appareils, 1 adresse e-mail et 2 numéros »; empty for nobody."""
        counted = (
            (self.push, ngettext("%(count)s appareil", "%(count)s appareils", self.push)),
            (self.email, ngettext("%(count)s adresse e-mail", "%(count)s adresses e-mail", self.email)),
            (
                0 if self.sms_refusal else self.sms,
                ngettext("%(count)s numéro par SMS", "%(count)s numéros par SMS", self.sms),
            ),
        )
        told = [words % {"count": count} for count, words in counted if count]
        first, last = ", ".join(told[:-1]), told[-1] if told else ""
        return str(_(" et ")).join(part for part in (first, last) if part)


def audience(
    topic: str,
    when: datetime | None = None,
    *,
    urgent: bool = False,
    within: Set[UUID] | None = None,
    sms: Sms | None = None,
) -> Audience:
    """Who would be told of something of this topic, published at `when` (now if None), `within` these areas (the whole
    commune if None)."""
    published = when or timezone.now()
    leaves_at = published if urgent else when_awake(published)
    put_off = leaves_at > published
    if not urgent and (refusal := refused(leaves_at)):
        return Audience(0, 0, leaves_at, put_off, refusal)
    within = ground(within)
    push, email = devices(topic, within).count(), people(topic, Channel.EMAIL, within).count()
    written = _written(topic, within, sms) if sms else {}
    return Audience(push, email, leaves_at, put_off, **written)


def _written(topic: str, within: Set[UUID] | None, sms: Sms) -> dict[str, Any]:
    """What its SMS come to."""
    count, left = numbers(topic, within).count(), balance()
    found: dict[str, Any] = {"sms": count, "credit": left}
    try:
        segments = cost(sms.text, count)
    except ValidationError as error:
        return found | {"sms_refusal": error.messages[0]}
    found |= {"segments": segments, "lacks_credit": segments > left}
    if not can_sms():
        return found | {"sms_refusal": str(NOT_OFFERED)}
    if segments > left and not sms.at_once:
        return found | {"sms_refusal": str(LACKING) % {"left": left, "needed": segments}}
    return found


def refused(leaves_at: datetime) -> str:
    """Why nothing more may be told on that day, empty when something may. What is urgent spends nothing."""
    cap = daily_cap()
    reached = Announcement.objects.filter(Q(push__gt=0) | Q(email__gt=0) | Q(sms__gt=0), urgent=False)
    spent = reached.filter(leaves_at__range=_day_of(leaves_at)).count()
    return str(CAP_REACHED) % {"cap": cap} if spent >= cap else ""


def daily_cap() -> int:
    found = Rules.objects.order_by("-at", "-pk").values_list("daily_cap", flat=True).first()
    return USUAL_CAP if found is None else found


def devices(topic: str, within: Set[UUID] | None = None) -> QuerySet[Device]:
    """A person's devices follow the person's choices, the others their own."""
    if not can_push():
        return Device.objects.none()
    within = ground(within)
    asked = Consent.objects.live().filter(topic=topic, channel=Channel.PUSH)
    theirs = Q(Exists(asked.filter(user=OuterRef("user"))), _concerns("user", "user", within), user__is_active=True)
    own = Q(Exists(asked.filter(device=OuterRef("pk"))), _concerns("device", "pk", within), user__isnull=True)
    return Device.objects.filter(theirs | own)


def people(topic: str, channel: Channel, within: Set[UUID] | None = None) -> QuerySet[User]:
    asked = Consent.objects.live().filter(topic=topic, channel=channel, user=OuterRef("pk"))
    reached = User.objects.filter(Exists(asked), ~is_suppressed("email"), is_active=True, verified_at__isnull=False)
    return reached.filter(_concerns("user", "pk", within))


def numbers(topic: str, within: Set[UUID] | None = None) -> QuerySet[SmsConsent]:
    """The numbers of a person follow the person's choices, the others their own."""
    within = ground(within)
    theirs = Q(_concerns("user", "user", within), user__is_active=True)
    own = Q(_concerns("sms_consent", "pk", within), user__isnull=True)
    return SmsConsent.objects.live().filter(theirs | own, topic=topic)


def ground(within: Set[UUID] | None) -> Ground | None:
    if within is None or isinstance(within, Ground):
        return within
    followed = Area.objects.filter(pk__in=FollowedArea.objects.values("area"))
    return Ground(touched(within, followed))


def _concerns(owner: str, name: str, within: Set[UUID] | None) -> Q:
    """Whether the owner, which the row calls `name`, follows no area, or one that shares ground with those."""
    areas = ground(within)
    if areas is None:
        return Q()
    theirs = FollowedArea.objects.filter(**{owner: OuterRef(name)})
    return ~Q(Exists(theirs)) | Q(Exists(theirs.filter(area__in=areas)))


def _day_of(moment: datetime) -> tuple[datetime, datetime]:
    first = datetime.combine(timezone.localtime(moment).date(), time.min, timezone.get_current_timezone())
    return first, first + timedelta(days=1, microseconds=-1)
