"""Writing an item, changing it, taking back a version or a draft that was deleted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.media.external import read_address
from core.media.files import files_in_transaction
from core.media.models import Asset
from core.tenancy.due import due
from core.tenancy.keys import uuid7
from core.territory.models import Area
from modules.news.actions.content import (
    Content,
    Showing,
    Then,
    as_sent,
    attach,
    fill,
    keep_revision,
    locked,
)
from modules.news.actions.moving import ask_validation, check_end_of_scheduled, move, owe_end, publish, schedule
from modules.news.actions.passing import DELETED_KEPT, ERASE_DELETED
from modules.news.models import Attachment, ItemState, NewsItem, Revision

_NOT_A_DRAFT = _("Seul un brouillon peut être supprimé. Une actualité qui a été publiée se retire.")
_NOT_DELETED = _("Ce brouillon n’est plus dans la corbeille.")


@files_in_transaction()
def write(*, content: Content, author: Any, showing: Showing | None = None, key: UUID | None = None) -> NewsItem:
    """Keep a new draft, under `key` when its sender chose one: sent twice, it is kept once.

    Raises EditedMeanwhile when something else is kept under this key.
    """
    item = NewsItem(pk=key or uuid7(), author=author)
    fill(item, content, showing)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        return as_sent(locked(item.pk), content, showing)
    attach(item, content)
    item.save(update_fields=["lead", "video"])
    keep_revision(item, author)
    record("news.written", target=item.title, author=author, item=str(item.pk))
    return item


@files_in_transaction()
def revise(*, key: UUID, version: int, content: Content, author: Any, showing: Showing | None = None) -> NewsItem:
    """Change an item. Raises EditedMeanwhile when it is no longer at `version` and says something else, and
    PermissionDenied when it is public, or will be at its time, and its author may not publish."""
    item = locked(key)
    if item.is_guarded and not author.has_perm("news.publish"):
        raise PermissionDenied
    if item.version != version:
        return as_sent(item, content, showing)
    before = _shown(item)
    fill(item, content, showing)
    check_end_of_scheduled(item)
    attach(item, content)
    changed = keep_revision(item, author)
    if not changed and _shown(item) == before:
        return item
    if changed and item.is_readable:
        item.corrected_at = timezone.now()
    item.version += 1
    item.save()
    owe_end(item)
    verb = "news.corrected" if item.is_readable else "news.revised"
    record(verb, target=item.title, author=author, item=str(item.pk))
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
    showing: Showing | None = None,
) -> NewsItem:
    """Save what an editor sends (a new item when `version` is None) and do what they asked with it: all or nothing.

    Raises what `write`, `revise`, `ask_validation`, `publish` and `schedule` raise.
    """
    if version is None:
        item = write(content=content, showing=showing, author=author, key=key)
    else:
        item = revise(key=key, version=version, content=content, showing=showing, author=author)
    match then:
        case Then.VALIDATE:
            return ask_validation(key=item.pk, author=author)
        case Then.PUBLISH:
            return publish(key=item.pk, author=author)
        case Then.SCHEDULE:
            return schedule(key=item.pk, when=publish_at, author=author)
        case Then.KEEP:
            return item


def restore(*, key: UUID, number: int, version: int, author: Any) -> NewsItem:
    """Say again what a version said, as a new version; the item's state stays. Raises Revision.DoesNotExist."""
    revision = Revision.objects.get(item=key, number=number)
    wanted = [each["id"] for each in revision.files]
    free = Asset.objects.filter(pk__in=wanted).exclude(
        pk__in=Attachment.objects.exclude(item=key).filter(asset__in=wanted).values("asset")
    )
    found = {str(asset.pk): asset for asset in free}
    content = Content(
        **{name: getattr(revision, name) for name in ("title", "summary", "body", "theme")},
        attachments=tuple(found[each] for each in wanted if each in found),
        areas=tuple(Area.objects.filter(pk__in=[each["id"] for each in revision.areas])),
        video=read_address(revision.video, revision.title) if revision.video else None,
    )
    return revise(key=key, version=version, content=content, author=author)


@transaction.atomic
def delete_draft(*, key: UUID, author: Any) -> None:
    """Put an item that was never public aside: it is erased a day later, unless it is taken back."""
    item = locked(key)
    if not item.is_draft:
        raise ValidationError(_NOT_A_DRAFT, code="not_a_draft")
    move(item, ItemState.DELETED, author)
    item.save()
    due(ERASE_DELETED, timezone.now() + DELETED_KEPT)
    record("news.deleted", target=item.title, author=author, item=str(item.pk))


@transaction.atomic
def undelete(*, key: UUID, author: Any) -> NewsItem:
    """Take a deleted draft back. Raises ValidationError when it is erased, and nothing when it is a draft already."""
    item = NewsItem.everything.select_for_update(of=("self",)).filter(pk=key).first()
    if item is None or item.state not in {ItemState.DELETED, ItemState.DRAFT}:
        raise ValidationError(_NOT_DELETED, code="not_deleted")
    if item.state == ItemState.DELETED:
        move(item, ItemState.DRAFT, author)
        item.save()
        record("news.undeleted", target=item.title, author=author, item=str(item.pk))
    return item


def _shown(item: NewsItem) -> tuple[Any, ...]:
    return item.department_id, item.pin_until, item.expire_at, item.tell
