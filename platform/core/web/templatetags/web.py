"""Tags that every template may use: icons, drawings, plurals, dates in words, fields."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.web import french, undo
from core.web.arms import arms_svg
from core.web.colour import Theme, accent_theme
from core.web.french import typographic
from core.web.icons import ICONS
from core.web.landscape import landscape_svg

register = template.Library()
register.filter("typographic", typographic)
register.filter("unbroken", french.unbroken)
register.filter("undo", undo.read)
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"


@register.simple_tag
@cache  # our own names and sizes: a page draws thirty of them
def icon(name: str, size: int = 24) -> SafeString:
    """An icon beside a word; it says nothing to a screen reader."""
    return format_html(
        '<svg class="icon" width="{}" height="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        size,
        size,
        mark_safe(ICONS[name]),  # noqa: S308 - our own drawing
    )


@register.simple_tag
def arms(pattern: str, figure: str, letter: str, size: int = 36) -> SafeString:
    return mark_safe(arms_svg(pattern, figure, letter, size))  # noqa: S308 - values are escaped there


@register.filter
def readable(accent: str) -> Theme:
    """A commune's colour corrected for both themes, where no style sheet of its own reaches."""
    return accent_theme(accent)


@register.simple_tag
def landscape(kind: str, seed: str = "", label: str = "") -> SafeString:
    return mark_safe(landscape_svg(kind, seed, label))  # noqa: S308 - values are escaped there


@register.simple_tag
def plural(count: int, one: str, many: str) -> str:
    """A number and its noun; in French 0 and 1 are singular."""
    return f"{number(count)} {one if -2 < count < 2 else many}"


@register.filter
def number(value: Any) -> str:
    """A whole number with its thousands apart: 22 395."""
    return f"{int(value):,}".replace(",", THIN_SPACE) if value is not None else ""


@register.filter
def when(moment: datetime | None) -> str:
    """How long ago in words while it is near, else the date."""
    if moment is None:
        return ""
    now = timezone.localtime()
    there = timezone.localtime(moment)
    days = (now.date() - there.date()).days
    if there > now:
        return french.day_and_time(there)
    if now - there < timedelta(minutes=1):
        return "À l’instant"
    if now - there < timedelta(hours=1):
        return f"Il y a {plural((now - there).seconds // 60, 'minute', 'minutes')}"
    if days == 0:
        return f"Il y a {plural((now - there).seconds // 3600, 'heure', 'heures')}"
    if days == 1:
        return "Hier"
    if days < 7:
        return french.WEEKDAYS[there.weekday()].capitalize()
    return french.day(there)


@register.filter
def day(moment: date | None) -> str:
    return french.day(moment) if moment else ""


@register.filter
def day_month(moment: date | None) -> str:
    """Without the year, where it goes without saying."""
    return french.day(moment, year=False) if moment else ""


@register.filter
def weekday_day(moment: date | None) -> str:
    return french.weekday_day(moment) if moment else ""


@register.filter
def day_clock(moment: datetime | None) -> str:
    """« 1er décembre 2026, 14:05 », for the operator."""
    return f"{french.day(moment)}, {timezone.localtime(moment):%H:%M}" if moment else ""


@register.filter
def day_time(moment: datetime | None) -> str:
    return french.day_and_time(moment) if moment else ""


@register.simple_tag
def field_anchor(bound: BoundField) -> str:
    """The id to lead to from a summary of errors: the field, or the first of its choices."""
    return str(bound.id_for_label or f"{bound.auto_id}_0")


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field with its label, help and errors, tied together for a screen reader."""
    described = [f"{bound.auto_id}-help"] if bound.help_text else []
    attrs: dict[str, Any] = {}
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    kind = getattr(bound.field.widget, "input_type", "") or type(bound.field.widget).__name__.lower()
    if kind == "checkbox" and getattr(bound.field.widget, "allow_multiple_selected", False):
        kind = "radio"  # several boxes are a group under one legend, as several buttons are
    # A field that `depends` is needed or not by what another one says: its help tells when.
    optional = not bound.field.required and not getattr(bound.field, "depends", False)
    return {"field": bound, "widget": bound.as_widget(attrs=attrs), "kind": kind, "optional": optional}
