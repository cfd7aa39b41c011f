"""How the providers do, for the operator: what they say of themselves now, and what they told these last days."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.delivery.models import SmsTally
from core.delivery.sms.circuit import held, is_aside
from core.delivery.sms.receipts import Kind

DAYS: Final = 7
NAMES: Final = {"ovh": "OVHcloud", "brevo": "Brevo"}
CALLS: Final = {
    Kind.TAKEN: _("Nouvelles d’un SMS, notées"),
    Kind.PENDING: _("SMS encore en route"),
    Kind.DOUBLED: _("Nouvelles déjà connues"),
    Kind.UNKNOWN: _("SMS que nous ne connaissons pas"),
    Kind.UNREADABLE: _("Appels illisibles"),
    Kind.STOP: _("STOP"),
    Kind.REPLY: _("Autres réponses"),
}


@dataclass(frozen=True, slots=True)
class Watched:
    """A provider; `wait`: how many seconds it asks to be left alone; `calls` of the last days, by words."""

    name: str
    configured: bool
    aside: bool
    wait: int
    calls: list[tuple[Any, int]]


def providers() -> list[Watched]:
    """In the operator's schema."""
    set_up = {"ovh": bool(settings.SMS_OVH_SERVICE), "brevo": bool(settings.SMS_BREVO_KEY)}
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = SmsTally.objects.filter(day__gt=since).order_by().values_list("provider", "kind")
    counted = {(provider, kind): count for provider, kind, count in rows.annotate(total=Sum("count"))}
    return [
        Watched(
            name=NAMES[each],
            configured=set_up[each],
            aside=is_aside(each),
            wait=held(each),
            calls=[(words, counted[each, kind]) for kind, words in CALLS.items() if (each, kind) in counted],
        )
        for each in NAMES
    ]
