"""Telling of an alert: sent, updated, lifted, cancelled. Each telling is a message of the log, its rows in the outbox
and a line in the journal, in one transaction."""

from collections.abc import Mapping, Set
from copy import copy
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.delivery.announcing import announce
from core.delivery.calling_off import call_off
from core.delivery.sms.wording import Sms
from core.tenancy.due import due
from core.tenancy.here import current
from core.web.plain_text import many_lines
from modules.alerts.actions.log import SEAL_DUE, append
from modules.alerts.actions.wording import sms_of, worded
from modules.alerts.actions.writing import Content, EditedMeanwhile, end_refused, fill, locked, move, name_areas, says
from modules.alerts.models import SETTLED, Alert, AlertMessage, AlertState, MessageKind
from modules.alerts.queries.reach import scope
from modules.alerts.queries.rules import needs_another
from modules.alerts.queries.told import TOPIC
from tenants.models import Space

EXPIRE_DUE: Final = "alerts.expire_due"
WORDS: Final = 300

_NOT_IN_FORCE = _("Cette alerte n’est plus en cours.")
_CHANGED_SINCE = _("Cette alerte a changé depuis que vous l’avez relue : relisez-la, puis envoyez-la.")
_ANOTHER = _("Vous avez écrit cette alerte : dans votre commune, une deuxième personne la relit et l’envoie.")
_NO_CORRECTION = _("Dites ce qui est vrai : les habitants ont lu l’inverse.")
_TOO_LONG = _("300 signes au plus.")
_OF_SMS: Final = frozenset({"not_offered", "empty", "too_long", "no_credit"})
_VERBS: Final[Mapping[str, str]] = {
    MessageKind.SENT: "alerts.sent",
    MessageKind.UPDATE: "alerts.updated",
    MessageKind.LIFT: "alerts.lifted",
    MessageKind.CANCEL: "alerts.cancelled",
}


@transaction.atomic
def send(*, key: UUID, version: int, author: Any) -> Alert:
    """Tell everybody who asked, now. What is sent already stays as it is and is not told again. Raises ValidationError
    when it is no longer at `version`, the one that was read, would be over already, or waits for a second person."""
    alert = locked(key)
    if not alert.is_unsent:
        return alert
    if alert.version != version:
        raise ValidationError(_CHANGED_SINCE, code="changed_since")
    if needs_another(alert, author):
        raise ValidationError(_ANOTHER, code="another")
    if refusal := end_refused(alert.starts_at, alert.ends_at):
        raise ValidationError({"ends_at": refusal})
    move(alert, AlertState.SENT)
    alert.sent_at = timezone.now()
    alert.save()
    due(EXPIRE_DUE, alert.ends_at)
    tell(alert, MessageKind.SENT, author)
    return alert


@transaction.atomic
def update(*, key: UUID, version: int, content: Content, author: Any) -> Alert:
    """Say something else of an alert in force, to the same people; its event, and whether it is a drill, stay. Raises
    EditedMeanwhile when it is no longer at `version` and says something else."""
    alert = locked(key)
    if not alert.is_in_force:
        raise ValidationError(_NOT_IN_FORCE, code="not_in_force")
    if says(alert, content):
        return alert
    if alert.version != version:
        raise EditedMeanwhile(alert)
    _fill_again(alert, content)
    alert.writer = author
    move(alert, AlertState.UPDATED)
    alert.save()
    name_areas(alert, content.areas)
    due(EXPIRE_DUE, alert.ends_at)
    tell(alert, MessageKind.UPDATE, author)
    return alert


def sketched(alert: Alert, *, version: int, content: Content) -> Alert | None:
    """The alert as an update would make it, kept nowhere; None when it says so already. Raises as `update` does."""
    if says(alert, content):
        return None
    if alert.version != version:
        raise EditedMeanwhile(alert)
    sketch = copy(alert)
    _fill_again(sketch, content)
    return sketch


def _fill_again(alert: Alert, content: Content) -> None:
    event, drill = alert.event, alert.drill
    fill(alert, content)
    alert.event, alert.drill = event, drill


@transaction.atomic
def lift(*, key: UUID, author: Any, words: str = "") -> Alert:
    """Say that the danger is over, to the same people, with a word when there is one."""
    alert = locked(key)
    if alert.state == AlertState.LIFTED:
        return alert
    return _end(alert, AlertState.LIFTED, MessageKind.LIFT, author, _checked(words, "words"))


@transaction.atomic
def cancel(*, key: UUID, correction: str, author: Any) -> Alert:
    """Say that the alert was an error and what is true, to the same people."""
    alert, words = locked(key), _checked(correction, "correction")
    if alert.state == AlertState.CANCELLED:
        return alert
    if not words:
        raise ValidationError({"correction": ValidationError(_NO_CORRECTION, code="required")})
    return _end(alert, AlertState.CANCELLED, MessageKind.CANCEL, author, words)


def _end(alert: Alert, state: AlertState, kind: MessageKind, author: Any, words: str) -> Alert:
    if alert.is_live and not alert.is_in_force:
        raise ValidationError(_NOT_IN_FORCE, code="not_in_force")
    move(alert, state)
    alert.over_at = timezone.now()
    alert.save()
    tell(alert, kind, author, words)
    return alert


def _checked(typed: str, field: str) -> str:
    words = many_lines(typed)
    if len(words) > WORDS:
        raise ValidationError({field: ValidationError(_TOO_LONG, code="max_length")})
    return words


def tell(alert: Alert, kind: MessageKind, author: Any, words: str = "") -> AlertMessage:
    """Write the message at the end of the log, and its rows for everybody who asked, where it holds and where it was
    told before. What still waits of the messages before it does not leave any more."""
    before = list(alert.messages.told())
    within = scope(list(alert.areas.all()), alert.shape, before)
    sms = sms_of(alert, kind, words, before=before)
    more = {"within": None if within is None else sorted(map(str, within)), "sms": sms is not None}
    title, text = worded(alert, kind, words)
    message = append(alert, kind, author, title=title, text=text, content=_content(alert, words) | more)
    for each in before:
        call_off(topic=TOPIC, key=each.pk, author=author)
    _announce(alert, message, author, within, sms)
    show_change()
    due(SEAL_DUE, message.at + SETTLED)
    told = {"alert": str(alert.pk), "serial": message.serial, "digest": message.digest}
    reason = {"reason": words} if words else {}
    record(_VERBS[kind], target=alert.title, author=author, **told, **reason)
    return message


def _announce(alert: Alert, message: AlertMessage, author: Any, within: Set[UUID] | None, sms: Sms | None) -> None:
    """Its rows. An end is told even when its SMS may not leave; what may wait for a choice says why, at the tick."""
    told: dict[str, Any] = {
        "topic": TOPIC,
        "key": message.pk,
        "title": message.title,
        "text": message.text,
        "url": reverse("alerts:item", args=[alert.pk], urlconf=settings.SITE_URLCONFS["space"]),
        "author": author,
        "urgent": True,
        "expires_at": alert.ends_at if alert.is_live else None,
        "within": within,
    }
    try:
        announce(**told, sms=sms)
    except ValidationError as refusal:
        if sms is None or refusal.code not in _OF_SMS:
            raise
        if alert.is_live:
            raise ValidationError({"sms": refusal}) from refusal
        announce(**told)


def _content(alert: Alert, words: str) -> dict[str, Any]:
    same = ("event", "severity", "urgency", "certainty", "headline", "instruction", "description", "drill")
    return {
        **{name: getattr(alert, name) if name == "drill" else str(getattr(alert, name)) for name in same},
        "areas": [{"id": str(area.pk), "name": area.name} for area in alert.areas.all()],
        "outline": alert.outline,
        "radius": alert.radius,
        "drawn": alert.drawn,
        "starts_at": _iso(alert.starts_at),
        "ends_at": _iso(alert.ends_at),
        "words": words,
    }


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def show_change() -> None:
    """Have every process read again what is in force."""
    for space in Space.objects.filter(schema_name=current().schema_name):
        space.changed()
