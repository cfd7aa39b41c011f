"""From a state to another: each step is a row with its author and date, and a line in the journal."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as now_in_french
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.delivery.announcing import announce
from core.tenancy.due import due
from core.web.plain_text import one_line
from modules.news.actions.asking import ask_readers, give_back
from modules.news.actions.content import NO_TIME, locked
from modules.news.models import NEXT, ItemState, NewsItem, Transition

PUBLISH_DUE: Final = "news.publish_due"
EXPIRE_DUE: Final = "news.expire_due"
TOPIC: Final = "news"
FURTHEST: Final = timedelta(days=366)
LONGEST_REASON: Final = 300

_PAST = _("Cette heure est déjà passée : choisissez un moment à venir, ou publiez maintenant.")
_TOO_FAR = _("Choisissez un moment dans les douze mois à venir.")
_ALREADY_PUBLIC = _("Cette actualité est déjà en ligne.")
_ENDS_BEFORE = _("L’actualité disparaîtrait avant de paraître : choisissez une date de fin plus lointaine.")
_NO_REASON = _("Dites en un mot pourquoi, pour que la personne puisse corriger.")
_NOT_WAITING = _("Cette actualité n’attend plus d’être validée.")
_REASON_TOO_LONG = _("300 signes au plus.")
_CHANGED_SINCE = _("Cette actualité a changé depuis : relisez-la, puis publiez-la de nouveau si elle doit l’être.")
_ACTS: Final = {
    ItemState.DRAFT: _("redevenir un brouillon"),
    ItemState.TO_VALIDATE: _("être envoyée à valider"),
    ItemState.SCHEDULED: _("être programmée"),
    ItemState.PUBLISHED: _("être publiée"),
    ItemState.EXPIRED: _("arriver à sa fin"),
    ItemState.ARCHIVED: _("être archivée"),
    ItemState.UNPUBLISHED: _("être retirée"),
    ItemState.DELETED: _("être supprimée"),
}


def move(item: NewsItem, to: ItemState, author: Any, reason: str = "") -> Transition:
    """Set an item's state and keep who did it; the caller saves the item. Raises ValidationError when it cannot be."""
    if to not in NEXT[item.state]:
        words = "un brouillon" if item.is_draft else item.get_state_display()
        refused = now_in_french("Cette actualité est %(state)s : elle ne peut pas %(act)s.")
        raise ValidationError(refused % {"state": words, "act": _ACTS[to]}, code="not_from_here")
    step = Transition(
        item=item, before=item.state, state=to, at=timezone.now(), author=author, reason=reason[:LONGEST_REASON]
    )
    item.state = to
    item.version += 1
    step.save(force_insert=True)
    return step


@transaction.atomic
def ask_validation(*, key: UUID, author: Any) -> NewsItem:
    """Send an item to those who publish. One that waits already stays as it is."""
    item = locked(key)
    if not item.is_to_validate:
        move(item, ItemState.TO_VALIDATE, author)
        item.save()
        record("news.submitted", target=item.title, author=author, item=str(item.pk))
        ask_readers(item, author)
    return item


@transaction.atomic
def send_back(*, key: UUID, reason: str, author: Any) -> NewsItem:
    """Give an item back to who wrote it, with a word of why."""
    item, words = locked(key), one_line(reason)
    if not words:
        raise ValidationError({"reason": ValidationError(_NO_REASON, code="required")})
    if len(words) > LONGEST_REASON:
        raise ValidationError({"reason": ValidationError(_REASON_TOO_LONG, code="max_length")})
    last = item.transitions.first()
    if item.is_draft and last and last.reason == words:
        return item
    if not item.is_to_validate:
        raise ValidationError(_NOT_WAITING, code="not_from_here")
    move(item, ItemState.DRAFT, author, words)
    item.save()
    record("news.returned", target=item.title, author=author, item=str(item.pk), reason=words)
    give_back(item, author, words)
    return item


@transaction.atomic
def publish(*, key: UUID, author: Any, tell: bool | None = None) -> NewsItem:
    """Make an item public now, and tell those who asked when `tell`, or the item when that is None, says so.

    One that is public already stays as it is. Raises ValidationError, on `tell`, when no more may be told today.
    """
    item = locked(key)
    if not item.is_published:
        item.tell = item.tell if tell is None else tell
        go_public(item, timezone.now(), author)
        announce_if_asked(item, author)
        record("news.published", target=item.title, author=author, item=str(item.pk))
    return item


@transaction.atomic
def schedule(*, key: UUID, when: datetime | None, author: Any) -> NewsItem:
    """Have an item made public at a time to come, in place of any time chosen before."""
    item = locked(key)
    now = timezone.now()
    if item.is_published:
        raise ValidationError(_ALREADY_PUBLIC, code="already_public")
    if when is None:
        raise ValidationError({"publish_at": ValidationError(NO_TIME, code="required")})
    if item.is_scheduled and item.publish_at == when:
        return item
    if when <= now:
        raise ValidationError({"publish_at": ValidationError(_PAST, code="past")})
    if when > now + FURTHEST:
        raise ValidationError({"publish_at": ValidationError(_TOO_FAR, code="too_far")})
    _check_end(item, when)
    move(item, ItemState.SCHEDULED, author)
    item.publish_at, item.scheduled_by = when, author
    item.save()
    due(PUBLISH_DUE, when)
    record("news.scheduled", target=item.title, author=author, item=str(item.pk), publish_at=when.isoformat())
    return item


@transaction.atomic
def unpublish(*, key: UUID, author: Any) -> NewsItem:
    """Withdraw an item; one that was only scheduled is a draft again. One that is withdrawn stays as it is."""
    item = locked(key)
    if item.state == ItemState.UNPUBLISHED:
        return item
    if item.is_scheduled:
        verb = "news.unscheduled"
        move(item, ItemState.UNPUBLISHED if item.published_at else ItemState.DRAFT, author)
        item.publish_at, item.scheduled_by = None, None
    else:
        verb = "news.unpublished"
        move(item, ItemState.UNPUBLISHED, author)
    item.save()
    record(verb, target=item.title, author=author, item=str(item.pk))
    return item


@transaction.atomic
def put_back(*, key: UUID, version: int, author: Any) -> NewsItem:
    """Undo a withdrawal: public again, at its former date, told to nobody. Raises ValidationError when it changed."""
    item = locked(key)
    if item.is_published and item.version == version + 1:
        return item
    if item.state != ItemState.UNPUBLISHED or item.version != version:
        raise ValidationError(_CHANGED_SINCE, code="changed_since")
    move(item, ItemState.PUBLISHED, author)
    item.save()
    owe_end(item)
    record("news.put_back", target=item.title, author=author, item=str(item.pk))
    return item


@transaction.atomic
def archive(*, key: UUID, author: Any) -> NewsItem:
    """Leave an item readable at its address and in the archives, and nowhere else."""
    item = locked(key)
    if not item.is_archived:
        move(item, ItemState.ARCHIVED, author)
        item.pin_until = None
        item.save()
        record("news.archived", target=item.title, author=author, item=str(item.pk))
    return item


def go_public(item: NewsItem, now: datetime, author: Any) -> None:
    """Public from now on; dates that are over count no more."""
    move(item, ItemState.PUBLISHED, author)
    item.published_at, item.corrected_at, item.publish_at, item.scheduled_by = now, None, None, None
    if item.expire_at and item.expire_at <= now:
        item.expire_at = None
    if item.pin_until and item.pin_until <= now:
        item.pin_until = None
    item.save()
    owe_end(item)


def announce_if_asked(item: NewsItem, author: Any) -> None:
    """Tell of a public item, once whatever becomes of it. Raises ValidationError, on `tell`."""
    if not item.tell:
        return
    try:
        announce(
            topic=TOPIC,
            key=item.pk,
            title=item.title,
            text=item.summary,
            url=item.get_absolute_url(),
            author=author,
        )
    except ValidationError as error:
        raise ValidationError({"tell": error.messages}, code="not_told") from error


def owe_end(item: NewsItem) -> None:
    """Have a public item disappear at its date."""
    if item.is_published and item.expire_at:
        due(EXPIRE_DUE, item.expire_at)


def check_end_of_scheduled(item: NewsItem) -> None:
    if item.is_scheduled and item.publish_at:
        _check_end(item, item.publish_at)


def _check_end(item: NewsItem, when: datetime) -> None:
    if item.expire_at and timezone.now() < item.expire_at <= when:
        raise ValidationError({"expire_at": ValidationError(_ENDS_BEFORE, code="ends_before")})
