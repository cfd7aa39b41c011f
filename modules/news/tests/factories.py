"""A piece of news that everybody in its commune may read, with all that goes with it."""

from datetime import timedelta

from django.utils import timezone

from core.accounts.models import User
from core.media.models import Asset, ExternalVideo
from core.organisation.models import Department
from core.territory.models import Area
from modules.news.models import Attachment, ItemArea, ItemState, NewsItem, Revision, Transition
from tests.planting import Mark, Plot, factory

SAMPLES = {
    ("news", "key"): NewsItem,
    ("news", "pk"): NewsItem,
    ("news", "number"): 1,
}


@factory(NewsItem)
def item(plot: Plot, mark: Mark) -> NewsItem:
    return NewsItem.objects.create(
        title=mark.text,
        summary=mark.text,
        body=mark.text,
        department=plot[Department],
        lead=plot[Asset],
        video=plot[ExternalVideo],
        state=NewsItem.State.PUBLISHED,
        published_at=timezone.now(),
        author=plot[User],
    )


@factory(Attachment, marked=False)
def attachment(plot: Plot, mark: Mark) -> Attachment:
    return Attachment.objects.create(item=plot[NewsItem], asset=plot[Asset], position=0)


@factory(ItemArea, marked=False)
def item_area(plot: Plot, mark: Mark) -> ItemArea:
    return ItemArea.objects.create(item=plot[NewsItem], area=plot[Area])


@factory(Transition)
def transition(plot: Plot, mark: Mark) -> Transition:
    """An earlier one."""
    return Transition.objects.create(
        item=plot[NewsItem],
        before=ItemState.TO_VALIDATE,
        state=ItemState.DRAFT,
        at=timezone.now() - timedelta(days=1),
        author=plot[User],
        reason=mark.text,
    )


@factory(Revision)
def revision(plot: Plot, mark: Mark) -> Revision:
    item = plot[NewsItem]
    return Revision.objects.create(
        item=item,
        number=1,
        author=plot[User],
        at=item.created_at,
        title=mark.text,
        summary=mark.text,
        body=mark.text,
        theme=item.theme,
    )
