"""Writing an alert that is not sent yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as now_in_french
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.tenancy.keys import uuid7
from core.territory.models import Area
from core.territory.shapes import Shape
from core.web.plain_text import many_lines, one_line
from modules.alerts.models import DESCRIPTION, HEADLINE, INSTRUCTION, NEXT, Alert, AlertArea, AlertState, template_of

LONGEST: Final = timedelta(days=31)

_PAST = _("Cette heure est déjà passée : choisissez une fin à venir.")
_BEFORE = _("La fin vient avant le début.")
_TOO_FAR = _("Choisissez une fin dans les 31 jours. Vous pourrez la repousser par une mise à jour.")
_EMPTY = _("Ce champ est obligatoire.")
_ALREADY_SENT = _("Cette alerte est déjà envoyée : elle se change par une mise à jour.")
_ACTS: Final = {
    AlertState.DRAFT: _("redevenir un brouillon"),
    AlertState.TO_VALIDATE: _("être envoyée à valider"),
    AlertState.SENT: _("être envoyée"),
    AlertState.UPDATED: _("être mise à jour"),
    AlertState.LIFTED: _("être levée"),
    AlertState.EXPIRED: _("expirer"),
    AlertState.CANCELLED: _("être annulée"),
}


class EditedMeanwhile(Exception):
    """Somebody changed the alert after its sender read it; `alert` is theirs."""

    def __init__(self, alert: Alert) -> None:
        super().__init__(str(alert.pk))
        self.alert = alert


@dataclass(frozen=True, slots=True)
class Content:
    """What an alert says. No area and no shape mean the whole commune, no `starts_at` from its sending on."""

    event: str
    severity: str
    headline: str
    instruction: str
    ends_at: datetime
    description: str = ""
    areas: tuple[Area, ...] = ()
    starts_at: datetime | None = None
    drill: bool = False
    shape: Shape | None = None
    sms: bool = False


@transaction.atomic
def write(*, content: Content, author: Any, key: UUID | None = None) -> Alert:
    """Keep a new draft, under `key` when its sender chose one: sent twice, it is kept once."""
    alert = Alert(pk=key or uuid7(), author=author, writer=author)
    fill(alert, content)
    try:
        with transaction.atomic():
            alert.save(force_insert=True)
    except IntegrityError:
        return as_sent(locked(alert.pk), content)
    name_areas(alert, content.areas)
    record("alerts.written", target=alert.headline, author=author, alert=str(alert.pk))
    return alert


@transaction.atomic
def revise(*, key: UUID, version: int, content: Content, author: Any) -> Alert:
    """Change what is not sent yet. Raises EditedMeanwhile when it is no longer at `version` and says something else."""
    alert = locked(key)
    if not alert.is_unsent:
        raise ValidationError(_ALREADY_SENT, code="already_sent")
    if alert.version != version:
        return as_sent(alert, content)
    fill(alert, content)
    alert.writer = author
    alert.version += 1
    alert.save()
    name_areas(alert, content.areas)
    record("alerts.revised", target=alert.headline, author=author, alert=str(alert.pk))
    return alert


@transaction.atomic
def ask_validation(*, key: UUID, author: Any) -> Alert:
    """Hand an alert to those who may send it; whoever hands on what a program wrote answers for its words. One that
    waits already stays as it is."""
    alert = locked(key)
    if not alert.is_to_validate:
        move(alert, AlertState.TO_VALIDATE)
        alert.writer = alert.writer or author
        alert.save()
        record("alerts.submitted", target=alert.headline, author=author, alert=str(alert.pk))
    return alert


@transaction.atomic
def delete_draft(*, key: UUID, author: Any) -> None:
    """Throw away what was told to nobody. Raises Alert.DoesNotExist when it is gone."""
    alert = locked(key)
    if not alert.is_unsent:
        raise ValidationError(_ALREADY_SENT, code="already_sent")
    record("alerts.deleted", target=alert.headline, author=author, alert=str(alert.pk))
    alert.delete()


def locked(key: UUID) -> Alert:
    """The alert, held until the transaction ends: two people take turns."""
    found: Alert = Alert.objects.select_for_update(of=("self",)).get(pk=key)
    return found


def move(alert: Alert, to: AlertState) -> None:
    """Set its state; the caller saves it. Raises ValidationError when it cannot be."""
    if to not in NEXT[alert.state]:
        words = "un brouillon" if alert.state == AlertState.DRAFT else alert.get_state_display()
        refused = now_in_french("Cette alerte est %(state)s : elle ne peut pas %(act)s.")
        raise ValidationError(refused % {"state": words, "act": _ACTS[to]}, code="not_from_here")
    alert.state = to
    alert.version += 1


def fill(alert: Alert, content: Content) -> None:
    """Put what was typed on the alert. Raises ValidationError, by field."""
    template = template_of(content.event)
    alert.event, alert.severity, alert.drill = content.event, content.severity, content.drill
    alert.urgency, alert.certainty = template.urgency, template.certainty
    alert.headline, alert.instruction = one_line(content.headline), many_lines(content.instruction)
    alert.description = many_lines(content.description)
    alert.starts_at, alert.ends_at = content.starts_at, content.ends_at
    alert.outline = [list(point) for point in content.shape.points] if content.shape else []
    alert.radius, alert.sms = content.shape.metres if content.shape else 0, content.sms
    errors: dict[str, Any] = {}
    for name, longest in (("headline", HEADLINE), ("instruction", INSTRUCTION), ("description", DESCRIPTION)):
        typed = getattr(alert, name)
        if not typed and name != "description":
            errors[name] = ValidationError(_EMPTY, code="required")
        elif len(typed) > longest:
            refused = now_in_french("%(most)s signes au plus, il y en a %(count)s.")
            errors[name] = ValidationError(refused % {"most": longest, "count": len(typed)}, code="max_length")
    if refusal := end_refused(content.starts_at, content.ends_at):
        errors["ends_at"] = refusal
    if errors:
        raise ValidationError(errors)


def end_refused(starts_at: datetime | None, ends_at: datetime) -> ValidationError | None:
    """Why an alert cannot hold until then, now."""
    now = timezone.now()
    if ends_at <= now:
        return ValidationError(_PAST, code="past")
    if starts_at and ends_at <= starts_at:
        return ValidationError(_BEFORE, code="before")
    if ends_at > now + LONGEST:
        return ValidationError(_TOO_FAR, code="too_far")
    return None


def name_areas(alert: Alert, areas: tuple[Area, ...]) -> None:
    """Replace the areas it holds in."""
    AlertArea.objects.filter(alert=alert).delete()
    AlertArea.objects.bulk_create(AlertArea(alert=alert, area=area) for area in dict.fromkeys(areas))
    getattr(alert, "_prefetched_objects_cache", {}).pop("areas", None)


def says(alert: Alert, content: Content) -> bool:
    """Whether it says this already."""
    same = ("event", "severity", "drill", "starts_at", "ends_at", "shape", "sms")
    named = {area.pk for area in alert.areas.all()}
    return (
        all(getattr(alert, name) == getattr(content, name) for name in same)
        and alert.headline == one_line(content.headline)
        and alert.instruction == many_lines(content.instruction)
        and alert.description == many_lines(content.description)
        and named == {area.pk for area in content.areas}
    )


def as_sent(alert: Alert, content: Content) -> Alert:
    """The alert when it says what was sent again, EditedMeanwhile when it does not."""
    if not says(alert, content):
        raise EditedMeanwhile(alert)
    return alert
