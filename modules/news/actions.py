"""Writing, publishing and withdrawing news. Each action is one transaction and leaves a line in the journal."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.media.actions import describe, store_picture
from core.media.files import files_in_transaction
from core.media.models import Asset
from core.media.receiving import Received
from core.tenancy.due import due
from core.tenancy.keys import uuid7
from core.web.plain_text import many_lines, one_line
from modules.news.models import ItemState, NewsItem, Publication

PUBLISH_DUE = "news.publish_due"
FURTHEST = timedelta(days=366)

_PAST = _("Cette heure est déjà passée : choisissez un moment à venir, ou publiez maintenant.")
NO_TIME = _("Choisissez le jour et l’heure de la parution.")
_TOO_FAR = _("Choisissez un moment dans les douze mois à venir.")
_ALREADY_PUBLIC = _("Cette actualité est déjà en ligne.")
_NOT_A_DRAFT = _("Seul un brouillon peut être supprimé. Une actualité qui a été publiée se retire.")


@dataclass(frozen=True, slots=True)
class Content:
    """What a person typed. `picture` is a new one; `alt` describes the new or the present one, empty if decorative."""

    title: str
    summary: str
    body: str
    theme: str
    picture: Received | None = None
    alt: str = ""
    decorative: bool = False
    drop_picture: bool = False


class Then(StrEnum):
    """What becomes of an item once its text is saved."""

    KEEP = "keep"
    PUBLISH = "publish"
    SCHEDULE = "schedule"


class EditedMeanwhile(Exception):
    """Somebody saved the item since it was read; `item` is as they left it."""

    def __init__(self, item: NewsItem) -> None:
        super().__init__(str(item.pk))
        self.item = item


@files_in_transaction()
def write(*, content: Content, author: Any, key: UUID | None = None) -> NewsItem:
    """Keep a new draft, under `key` when its sender chose one: sent twice, it is kept once.

    Raises EditedMeanwhile when something else is kept under this key.
    """
    item = NewsItem(pk=key or uuid7(), author=author)
    _fill_words(item, content)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        return _as_sent(_locked(item.pk), content)
    if content.picture:
        _fill_picture(item, content, author)
        item.save(update_fields=["picture"])
    record("news.written", target=item.title, author=author, item=str(item.pk))
    return item


@files_in_transaction()
def revise(*, key: UUID, version: int, content: Content, author: Any) -> NewsItem:
    """Change an item's text. Raises EditedMeanwhile when it is no longer at `version` and says something else, and
    PermissionDenied when it is public, or will be at its time, and its author may not publish."""
    item = _locked(key)
    if (item.is_published or item.is_scheduled) and not author.has_perm("news.publish"):
        raise PermissionDenied
    if item.version != version:
        return _as_sent(item, content)
    _fill_words(item, content)
    former = _fill_picture(item, content, author)
    item.version += 1
    item.save()
    if former:
        former.delete()
    record("news.revised", target=item.title, author=author, item=str(item.pk))
    return item


@files_in_transaction()
def submit(
    *,
    key: UUID,
    version: int | None,
    content: Content,
    then: Then,
    publish_at: datetime | None,
    author: Any,
) -> NewsItem:
    """Save what an editor sends (a new item when `version` is None) and do what they asked with it: all or nothing.

    Raises what `write`, `revise`, `publish` and `schedule` raise.
    """
    if version is None:
        item = write(content=content, author=author, key=key)
    else:
        item = revise(key=key, version=version, content=content, author=author)
    match then:
        case Then.PUBLISH:
            return publish(key=item.pk, author=author)
        case Then.SCHEDULE:
            return schedule(key=item.pk, when=publish_at, author=author)
        case Then.KEEP:
            return item


@transaction.atomic
def publish(*, key: UUID, author: Any) -> NewsItem:
    """Make an item public now. One that is public already stays as it is."""
    item = _locked(key)
    if not item.is_published:
        _go_public(item, timezone.now(), author)
        record("news.published", target=item.title, author=author, item=str(item.pk))
    return item


@transaction.atomic
def schedule(*, key: UUID, when: datetime | None, author: Any) -> NewsItem:
    """Have an item made public at a time to come, in place of any time chosen before."""
    item = _locked(key)
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
    item.state, item.publish_at, item.scheduled_by = ItemState.SCHEDULED, when, author
    item.version += 1
    item.save()
    due(PUBLISH_DUE, when)
    record("news.scheduled", target=item.title, author=author, item=str(item.pk), publish_at=when.isoformat())
    return item


@transaction.atomic
def unpublish(*, key: UUID, author: Any) -> NewsItem:
    """Withdraw an item; one that was only scheduled is a draft again."""
    item = _locked(key)
    if item.is_published:
        item.publications.filter(ended_at__isnull=True).update(ended_at=timezone.now(), ended_by=author)
        item.state = ItemState.UNPUBLISHED
        verb = "news.unpublished"
    elif item.is_scheduled:
        item.state = ItemState.UNPUBLISHED if item.published_at else ItemState.DRAFT
        item.publish_at, item.scheduled_by = None, None
        verb = "news.unscheduled"
    else:
        return item
    item.version += 1
    item.save()
    record(verb, target=item.title, author=author, item=str(item.pk))
    return item


@transaction.atomic
def delete_draft(*, key: UUID, author: Any) -> None:
    """Erase an item that was never public."""
    item = _locked(key)
    if not item.is_draft:
        raise ValidationError(_NOT_A_DRAFT, code="not_a_draft")
    picture = item.picture
    item.delete()
    if picture:
        picture.delete()
    record("news.deleted", target=item.title, author=author)


@transaction.atomic
def publish_due() -> datetime | None:
    """Make public what is due; return when the next item is."""
    now = timezone.now()
    waiting = NewsItem.objects.filter(state=ItemState.SCHEDULED)
    for item in waiting.filter(publish_at__lte=now).order_by("publish_at").select_for_update(of=("self",)):
        author = item.scheduled_by
        _go_public(item, now, author)
        record("news.published", target=item.title, author=author, item=str(item.pk), scheduled=True)
    following: datetime | None = waiting.aggregate(Min("publish_at"))["publish_at__min"]
    return following


def _locked(key: UUID) -> NewsItem:
    """The item, for this transaction alone. Raises NewsItem.DoesNotExist."""
    return NewsItem.objects.select_for_update().get(pk=key)


def _go_public(item: NewsItem, now: datetime, author: Any) -> None:
    item.state, item.published_at, item.publish_at, item.scheduled_by = ItemState.PUBLISHED, now, None, None
    item.version += 1
    item.save()
    Publication.objects.create(item=item, published_at=now, author=author)


def _as_sent(item: NewsItem, content: Content) -> NewsItem:
    """The item, when it says what was sent: a form sent twice has been heard once. Else raises EditedMeanwhile."""
    picture, sent = item.picture, content.picture
    if picture is None:
        same = sent is None
    elif sent:
        same = (picture.width, picture.height, picture.alt) == (sent.decoded.width, sent.decoded.height, _alt(content))
    else:
        same = not content.drop_picture and picture.alt == _alt(content)
    if not same or any(getattr(item, name) != value for name, value in _words(content).items()):
        raise EditedMeanwhile(item)
    return item


def _words(content: Content) -> dict[str, str]:
    return {
        "title": one_line(content.title),
        "summary": one_line(content.summary),
        "body": many_lines(content.body),
        "theme": content.theme,
    }


def _alt(content: Content) -> str:
    return "" if content.decorative else one_line(content.alt)


def _fill_words(item: NewsItem, content: Content) -> None:
    for name, value in _words(content).items():
        setattr(item, name, value)
    item.clean_fields(exclude=["author", "scheduled_by", "picture", "vector"])


def _fill_picture(item: NewsItem, content: Content, author: Any) -> Asset | None:
    """Set the item's picture; return the one it had, if it is to be erased once the item is saved."""
    former = item.picture
    if content.picture:
        item.picture = store_picture(
            content.picture, alt=one_line(content.alt), decorative=content.decorative, author=author
        )
    elif content.drop_picture:
        item.picture = None
    elif former:
        describe(former, alt=one_line(content.alt), decorative=content.decorative)
    return former if former and item.picture_id != former.pk else None
