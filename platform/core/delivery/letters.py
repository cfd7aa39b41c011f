"""Daily and weekly letters: what became public since the last one, to each person what they asked for.

A commune where somebody asked owes a run each morning; where nobody does any more, none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.catalogue import DigestEntry
from core.delivery.actions import send_to_many
from core.delivery.mail.suppressing import is_suppressed
from core.delivery.models import Channel, Consent, LetterIssue
from core.delivery.topics import modules_on
from core.delivery.unsubscribing import stop_url
from core.readership import Channel as Way
from core.readership import with_channel
from core.tenancy.here import current
from core.tenancy.registry import registry
from core.web.french import day

LETTERS = "delivery.send_letters"
HOUR = 7
LONGEST = {Channel.DAILY: timedelta(days=7), Channel.WEEKLY: timedelta(days=28)}
USUAL = {Channel.DAILY: timedelta(days=1), Channel.WEEKLY: timedelta(days=7)}
WORTH = {Channel.DAILY: timedelta(days=1), Channel.WEEKLY: timedelta(days=3)}


Reader = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one module has to say, newest first."""

    label: str
    lines: tuple[Line, ...]


def send_letters() -> datetime | None:
    """Write the letters whose hour has come; return when to look again, None when nobody asks for one."""
    now = timezone.now()
    for period in (Channel.DAILY, Channel.WEEKLY):
        write_letter(period, last_hour(period, now))
    asked = Consent.objects.live().filter(channel__in=USUAL).exists()
    return next_morning(now) if asked else None


@transaction.atomic
def write_letter(period: Channel, until: datetime) -> int:
    """Write the letter of a period to all who asked before its end, once; return to how many."""
    last = LetterIssue.objects.select_for_update().filter(period=period).order_by("-until").first()
    if last and last.until >= until:
        return 0
    since = max(last.until, until - LONGEST[period]) if last else _before(until, USUAL[period])
    asked: dict[Reader, set[str]] = {}
    rows = Consent.objects.live().filter(channel=period, given_at__lte=until)
    rows = rows.filter(~is_suppressed("user__email"), user__is_active=True, user__verified_at__isnull=False)
    for key, address, topic in rows.order_by("user").values_list("user", "user__email", "topic"):
        asked.setdefault((key, address), set()).add(topic)
    if not asked:
        return 0
    parts, count = entries(since, until), 0
    alike: dict[frozenset[str], list[Reader]] = {}
    for who, topics in asked.items():
        alike.setdefault(frozenset(topics), []).append(who)
    for chosen, readers in alike.items():
        count += _write(period, until, _told(parts, chosen), readers)
    LetterIssue.objects.create(period=period, since=since, until=until, recipients=count)
    return count


def entries(since: datetime, until: datetime) -> list[tuple[str, list[DigestEntry]]]:
    """What the modules that are on made public in between, under the module's label."""
    found: list[tuple[str, list[DigestEntry]]] = []
    for manifest in settings.CATALOGUE.among(modules_on()):
        hook = settings.CATALOGUE.hook(manifest.slug, "digest")
        told = sorted(hook(since, until), key=lambda entry: entry.when, reverse=True) if hook else []
        if told:
            found.append((manifest.label, told))
    return found


def last_hour(period: Channel, now: datetime) -> datetime:
    """The last morning, or the last Monday's, that has come."""
    there = timezone.localtime(now)
    back = timedelta(days=int(there.hour < HOUR))
    first = (there - back).date()
    if period is Channel.WEEKLY:
        first -= timedelta(days=first.weekday())
    return _morning(datetime(first.year, first.month, first.day))


def next_morning(now: datetime) -> datetime:
    following = timezone.localtime(last_hour(Channel.DAILY, now)).date() + timedelta(days=1)
    return _morning(datetime(following.year, following.month, following.day))


def _morning(date: datetime) -> datetime:
    return date.replace(hour=HOUR, tzinfo=timezone.get_current_timezone())


def _before(until: datetime, usual: timedelta) -> datetime:
    """The same hour some days earlier, whatever the clock did in between."""
    first = timezone.localtime(until).date() - usual
    return _morning(datetime(first.year, first.month, first.day))


def _told(parts: Iterable[tuple[str, list[DigestEntry]]], topics: frozenset[str]) -> list[Part]:
    home = registry().sender(current().schema_name).home
    found = []
    for label, told in parts:
        lines = tuple(
            Line(entry.title, entry.text, home + with_channel(entry.url, Way.MAIL).lstrip("/"))
            for entry in told
            if entry.topic in topics
        )
        if lines:
            found.append(Part(label, lines))
    return found


def _write(period: Channel, until: datetime, parts: list[Part], readers: list[Reader]) -> int:
    if not parts:
        return 0
    home = registry().sender(current().schema_name).home
    context = {
        "parts": parts,
        "weekly": period is Channel.WEEKLY,
        "day": day(until),
        "first": parts[0].lines[0].title,
        "others": sum(len(part.lines) for part in parts) - 1,
        "preferences": home + "compte/avertissements/",
    }
    to = {address: stop_url(home, key, period) for key, address in readers}
    return send_to_many("letter", to=to, context=context, expires_at=until + WORTH[period])
