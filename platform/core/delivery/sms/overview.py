"""What SMS cost a commune and what became of them, for its own page and the operator's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.delivery.models import DeliveryState, OutgoingSms, SmsConsent, SmsCredit
from core.delivery.sms.codes import KEPT_FOR_EACH
from core.delivery.sms.consenting import CODE, STOP

# As long as SMS are kept one by one.
SPAN = timedelta(days=90)
OUTCOMES = {
    DeliveryState.DELIVERED: _("Reçus"),
    DeliveryState.ACCEPTED: _("Confiés à l’opérateur, sans nouvelle depuis"),
    DeliveryState.PERMANENT: _("Numéros qui ne reçoivent plus"),
    DeliveryState.TECHNICAL: _("Refusés par les fournisseurs"),
    DeliveryState.EXPIRED: _("Pas partis à temps"),
    "open": _("En route"),
}
ENDS = {
    "stop": _("En répondant STOP"),
    "code": _("Sur la page des SMS, avec un code"),
    "else": _("Depuis leur compte, ou par la mairie"),
}
KINDS = {
    SmsCredit.Kind.BOUGHT: _("Achat"),
    SmsCredit.Kind.SPENT: _("Envoi"),
    SmsCredit.Kind.RETURNED: _("Rendu"),
}
# Why segments were given back, as it is written with each movement.
RETURNS = {
    "expired before they left": _("pas partis à temps"),
    "refused by the providers": _("refusés par les fournisseurs"),
    "asked to be left alone": _("retirés à la demande de qui devait les recevoir"),
}


@dataclass(frozen=True, slots=True)
class Overview:
    """`numbers`: those that asked; `sent` and `ended`: of the last three months, by words."""

    balance: int
    numbers: int
    sent: list[tuple[Any, int]]
    ended: list[tuple[Any, int]]
    since: datetime

    @property
    def for_short(self) -> int:
        """What an alert of one segment to all of them costs."""
        return self.numbers

    @property
    def for_long(self) -> int:
        return self.numbers * KEPT_FOR_EACH

    @property
    def lacks(self) -> bool:
        """Whether an alert to all of them would not be paid; codes stop before."""
        return self.balance <= self.for_long


def overview() -> Overview:
    since = timezone.now() - SPAN
    numbers = SmsConsent.objects.live().aggregate(count=Count("number", distinct=True))["count"]
    return Overview(SmsCredit.objects.balance(), numbers, _sent(since), _ended(since), since)


def orders() -> QuerySet[SmsCredit, Any]:
    """What was bought, the last first: what it was spent on is the commune's."""
    return _grouped(SmsCredit.objects.filter(kind=SmsCredit.Kind.BOUGHT))


def movements() -> QuerySet[SmsCredit, Any]:
    """The last first; what a day spent or got back for one reason is one line."""
    return _grouped(SmsCredit.objects.all())


def _grouped(rows: QuerySet[SmsCredit]) -> QuerySet[SmsCredit, Any]:
    grouped = rows.order_by().annotate(day=TruncDate("at")).values("day", "kind", "note", "author")
    return grouped.annotate(segments=Sum("segments"), last=Max("at"), count=Count("pk")).order_by("-last", "kind")


def line(movement: Mapping[str, Any]) -> dict[str, Any]:
    """A movement as the page says it."""
    words = RETURNS.get(movement["note"], movement["note"])
    return {
        **movement,
        "amount": abs(movement["segments"]),
        "what": KINDS[SmsCredit.Kind(movement["kind"])],
        "why": words,
    }


def _sent(since: datetime) -> list[tuple[Any, int]]:
    rows = OutgoingSms.objects.filter(created_at__gt=since).order_by()
    counted = dict(rows.values_list("state").annotate(count=Count("pk")))
    found = {state: counted.pop(state, 0) for state in OUTCOMES if state != "open"} | {"open": sum(counted.values())}
    return [(OUTCOMES[state], count) for state, count in found.items() if count]


def _ended(since: datetime) -> list[tuple[Any, int]]:
    way = Case(
        When(withdrawn_by=STOP, then=Value("stop")), When(withdrawn_by=CODE, then=Value("code")), default=Value("else")
    )
    rows = SmsConsent.objects.filter(Q(withdrawn_at__gt=since)).order_by().annotate(way=way)
    counted = dict(rows.values_list("way").annotate(count=Count("number", distinct=True)))
    return [(words, counted[name]) for name, words in ENDS.items() if name in counted]
