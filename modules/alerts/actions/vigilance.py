"""Drafts opened from weather warnings. Nothing is ever sent from here."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.due import due
from core.tenancy.here import current
from core.web.french import day_and_time
from modules.alerts.actions.writing import Content, delete_draft, fill, write
from modules.alerts.models import UNSENT, Alert, Event, Severity, Vigilance, template_of
from modules.alerts.models.vigilance import Colour, Phenomenon
from modules.alerts.queries.vigilance import Warned

VIGILANCE_OVER: Final = "alerts.vigilance_over"
SAME: Final = timedelta(hours=12)  # two warnings of one phenomenon that are nearer are one
_LONGEST: Final = timedelta(days=7)
_EVENTS: Final = {
    Phenomenon.WIND: Event.STORM,
    Phenomenon.RAIN: Event.FLOOD,
    Phenomenon.STORMS: Event.STORM,
    Phenomenon.FLOODS: Event.FLOOD,
    Phenomenon.SNOW: Event.SNOW,
    Phenomenon.HEAT: Event.HEATWAVE,
    Phenomenon.WAVES: Event.FLOOD,
}
_SEVERITIES: Final = {Colour.ORANGE: Severity.SEVERE, Colour.RED: Severity.EXTREME}


@transaction.atomic
def open_draft(warned: Warned) -> Alert | None:
    """The draft that a warning asks for, once for each phenomenon and colour; None when there is one already, when
    somebody threw it away, or when the warning is over.

    A warning that lasts longer than it was first told pushes back the end of its draft, as long as nobody touched it.
    One that gets graver opens another, in the place of the first if nobody touched that one.
    """
    now = timezone.now()
    if warned.ends_at <= now or warned.begins_at > now + _LONGEST:
        return None
    _alone()
    near = Vigilance.objects.filter(phenomenon=warned.phenomenon, ends_at__gte=warned.begins_at - SAME)
    known = near.select_related("alert").order_by("-colour", "-ends_at").first()
    if known and known.colour >= warned.colour:
        _prolonged(known, warned)
        return None
    if known and known.alert and untouched(known.alert):
        delete_draft(key=known.alert.pk, author=None)
    draft = write(content=content_of(warned), author=None)
    same = ("phenomenon", "colour", "begins_at", "ends_at", "bulletin_at")
    Vigilance.objects.create(alert=draft, **{name: getattr(warned, name) for name in same})
    due(VIGILANCE_OVER, warned.ends_at)
    return draft


@transaction.atomic
def drop_over() -> datetime | None:
    """Throw away the drafts whose warning is over and that nobody touched; return when the next one is."""
    now = timezone.now()
    live = Vigilance.objects.filter(alert__state__in=UNSENT).select_related("alert")
    for vigilance in live.filter(ends_at__lte=now):
        if vigilance.alert and untouched(vigilance.alert):
            delete_draft(key=vigilance.alert.pk, author=None)
    following = live.filter(ends_at__gt=now).order_by("ends_at").first()
    return following.ends_at if following else None


def untouched(alert: Alert) -> bool:
    """Whether it is as it was opened."""
    return alert.state == Alert.State.DRAFT and alert.version == 1 and alert.author_id is None


def content_of(warned: Warned) -> Content:
    """As the event's template writes it, with what Météo-France says."""
    phenomenon, colour = Phenomenon(warned.phenomenon), Colour(warned.colour)
    event = _EVENTS.get(phenomenon, Event.OTHER)
    template = template_of(event)
    headline = _("Vigilance %(colour)s : %(phenomenon)s") % {"colour": colour.label, "phenomenon": phenomenon.label}
    return Content(
        event=event,
        severity=_SEVERITIES[colour],
        headline=headline,
        instruction=_instruction(phenomenon) or template.instruction,
        description=_source(warned, phenomenon, colour, template.description),
        starts_at=warned.begins_at if warned.begins_at > timezone.now() else None,
        ends_at=min(warned.ends_at, timezone.now() + _LONGEST),
    )


def _instruction(phenomenon: Phenomenon) -> str:
    match phenomenon:
        case Phenomenon.COLD:
            return _(
                "Évitez de sortir le soir et la nuit. Couvrez-vous en plusieurs couches. Ne vous chauffez jamais avec "
                "un brasero ou un barbecue. Prenez des nouvelles des personnes isolées ; sans abri : 115."
            )
        case Phenomenon.AVALANCHES:
            return _("Ne sortez pas en montagne hors des pistes ouvertes. Respectez les routes fermées.")
        case Phenomenon.WAVES:
            return _(
                "Éloignez-vous du rivage, des jetées et des rochers. Ne prenez pas la mer et ne vous baignez pas. "
                "Mettez vos biens en hauteur si vous habitez près de la mer."
            )
    return ""


def _source(warned: Warned, phenomenon: Phenomenon, colour: Colour, more: str) -> str:
    said = _(
        "Météo-France a placé %(where)s en vigilance %(colour)s pour %(phenomenon)s, du %(begin)s au %(end)s. "
        "Source : Météo-France, carte du %(bulletin)s, vigilance.meteofrance.fr."
    ) % {
        "where": _("le littoral du département") if warned.shore else _("le département"),
        "colour": colour.label,
        "phenomenon": phenomenon.label,
        "begin": day_and_time(warned.begins_at),
        "end": day_and_time(warned.ends_at),
        "bulletin": day_and_time(warned.bulletin_at),
    }
    return f"{said}\n\n{more}".strip()


def _prolonged(known: Vigilance, warned: Warned) -> None:
    if known.colour != warned.colour or warned.bulletin_at <= known.bulletin_at:
        return
    known.bulletin_at, longer = warned.bulletin_at, warned.ends_at > known.ends_at
    known.ends_at = max(known.ends_at, warned.ends_at)
    known.save(update_fields=["bulletin_at", "ends_at"])
    if longer and known.alert and untouched(known.alert):
        fill(known.alert, content_of(replace(warned, begins_at=known.begins_at)))
        known.alert.save()
        due(VIGILANCE_OVER, known.ends_at)


def _alone() -> None:
    """Two maps at once take turns."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{current().schema_name}.vigilance"])
