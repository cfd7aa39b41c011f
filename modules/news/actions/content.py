"""What a person sends of an item, and putting it into the item."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.media.actions import describe, forget
from core.media.models import Asset, ExternalVideo
from core.organisation.models import Department
from core.richtext.cleaning import TooLong, cleaned
from core.territory.models import Area
from core.web.plain_text import one_line
from modules.news.models import Attachment, ItemArea, NewsItem, Revision

MOST_FILES: Final = 12
MOST_REVISIONS: Final = 50

NO_TIME = _("Choisissez le jour et l’heure de la parution.")
_TAKEN = _("Un de ces fichiers est déjà dans une autre actualité. Retirez-le, puis envoyez-le de nouveau.")
_PAST = _("Cette date est déjà passée.")


@dataclass(frozen=True, slots=True)
class Content:
    """What an item says. With `words_only`, its files, areas and video stay as they are."""

    title: str
    summary: str
    body: str
    theme: str
    attachments: tuple[Asset, ...] = ()
    areas: tuple[Area, ...] = ()
    video: ExternalVideo | None = None
    words_only: bool = False


@dataclass(frozen=True, slots=True)
class Showing:
    """How an item is shown: by whom, at the top until when, until when at all, and whether people are told."""

    department: Department | None = None
    pin_until: datetime | None = None
    expire_at: datetime | None = None
    tell: bool = False


class Then(StrEnum):
    """What becomes of an item once its text is saved."""

    KEEP = "keep"
    VALIDATE = "validate"
    PUBLISH = "publish"
    SCHEDULE = "schedule"


class EditedMeanwhile(Exception):
    """Somebody saved the item since it was read; `item` is as they left it."""

    def __init__(self, item: NewsItem) -> None:
        super().__init__(str(item.pk))
        self.item = item


def locked(key: Any) -> NewsItem:
    """The item, for this transaction alone. Raises NewsItem.DoesNotExist."""
    found: NewsItem = NewsItem.objects.select_for_update(of=("self",)).get(pk=key)
    return found


def fill(item: NewsItem, content: Content, showing: Showing | None) -> None:
    """Set what is typed. Raises ValidationError, by field."""
    for name, value in _words(content).items():
        setattr(item, name, value)
    if showing:
        _check_dates(item, showing)
        for name, value in _shown(showing).items():
            setattr(item, name, value)
    item.clean_fields(exclude=["author", "scheduled_by", "department", "lead", "video", "vector"])


def attach(item: NewsItem, content: Content) -> None:
    """Set what goes with the words; the item must be saved before, and after."""
    if content.words_only:
        return
    for asset in content.attachments:
        describe(asset)
    kept = [(asset.pk, number) for number, asset in enumerate(content.attachments)]
    if list(item.attachments.values_list("asset_id", "position")) != kept:
        item.attachments.all().delete()
        try:
            with transaction.atomic():
                Attachment.objects.bulk_create(
                    Attachment(item=item, asset_id=key, position=number) for key, number in kept
                )
        except IntegrityError as error:
            raise ValidationError({"attachments": _TAKEN}) from error
    item.lead = next((asset for asset in content.attachments if asset.is_picture), None)
    wanted = {area.pk for area in content.areas}
    ItemArea.objects.filter(item=item).exclude(area__in=wanted).delete()
    ItemArea.objects.bulk_create((ItemArea(item=item, area_id=key) for key in wanted), ignore_conflicts=True)
    _set_video(item, content.video)


def as_sent(item: NewsItem, content: Content, showing: Showing | None) -> NewsItem:
    """The item, when it says what was sent: a form sent twice has been heard once. Else raises EditedMeanwhile."""
    same = all(getattr(item, name) == value for name, value in _words(content).items())
    if showing:
        same &= all(getattr(item, name) == value for name, value in _shown(showing).items())
    if not content.words_only:
        same &= _address(item.video) == _address(content.video)
        same &= {area.pk for area in item.areas.all()} == {area.pk for area in content.areas}
        same &= [_file(asset) for asset in item.assets] == [_file(asset) for asset in content.attachments]
    if not same:
        raise EditedMeanwhile(item)
    for asset in set(content.attachments) - set(item.assets):  # the same file, received a second time
        forget(asset)
    return item


def keep_revision(item: NewsItem, author: Any) -> bool:
    """Keep what the item says as a new version, unless it is the last one; return whether it is new."""
    last = item.revisions.first()
    said = _said(item)
    if last and last.said == said:
        return False
    number = last.number + 1 if last else 1
    Revision.objects.create(item=item, number=number, author=author, at=timezone.now(), **said)
    item.revisions.filter(number__lte=number - MOST_REVISIONS).delete()
    return True


def _said(item: NewsItem) -> dict[str, Any]:
    files = Asset.objects.filter(pk__in=item.attachments.values("asset")).in_bulk()
    order = item.attachments.values_list("asset_id", flat=True)
    areas = Area.objects.filter(pk__in=ItemArea.objects.filter(item=item).values("area")).order_by("name", "pk")
    return {
        **{name: getattr(item, name) for name in ("title", "summary", "body", "theme")},
        "areas": [{"id": str(area.pk), "name": area.name} for area in areas],
        "files": [_noted(files[key]) for key in order],
        "video": _address(item.video),
    }


def _noted(asset: Asset) -> dict[str, str]:
    name = asset.original_name or str(asset.get_kind_display())
    return {"id": str(asset.pk), "kind": asset.kind, "name": name, "alt": asset.alt, "caption": asset.caption}


def _words(content: Content) -> dict[str, str]:
    return {
        "title": one_line(content.title),
        "summary": one_line(content.summary),
        "body": _canonical(content.body),
        "theme": content.theme,
    }


def _canonical(html: str) -> str:
    """As it is kept. What is too long stays as it is: the field refuses it."""
    try:
        return cleaned(html)
    except TooLong:
        return html


def _shown(showing: Showing) -> dict[str, Any]:
    return {
        "department_id": showing.department.pk if showing.department else None,
        "pin_until": showing.pin_until,
        "expire_at": showing.expire_at,
        "tell": showing.tell,
    }


def _check_dates(item: NewsItem, showing: Showing) -> None:
    """A date that is over is refused, unless it was there already."""
    now = timezone.now()
    wrong = {
        name: ValidationError(_PAST, code="past")
        for name, moment in (("pin_until", showing.pin_until), ("expire_at", showing.expire_at))
        if moment and moment <= now and moment != getattr(item, name)
    }
    if wrong:
        raise ValidationError(wrong)


def _set_video(item: NewsItem, video: ExternalVideo | None) -> None:
    former = item.video
    if _address(former) == _address(video):
        return
    item.video = None
    if video:
        video.title = video.title or item.title
        video.save()
        item.video = video
    if former:
        NewsItem.everything.filter(pk=item.pk).update(video=None)
        former.delete()


def _address(video: ExternalVideo | None) -> str:
    return video.page if video else ""


def _file(asset: Asset) -> tuple[Any, ...]:
    return (asset.content_hash, *(getattr(asset, name) for name in Asset.DESCRIBED), asset.new_captions)
