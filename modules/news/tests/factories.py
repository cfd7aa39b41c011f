"""A piece of news that everybody in its commune may read."""

from datetime import timedelta

from django.utils import timezone

from core.accounts.models import User
from core.media.models import Asset
from modules.news.models import NewsItem, Publication
from tests.planting import Mark, Plot, factory

SAMPLES = {("news", "key"): NewsItem, ("news", "pk"): NewsItem}


@factory(NewsItem)
def item(plot: Plot, mark: Mark) -> NewsItem:
    return NewsItem.objects.create(
        title=mark.text,
        summary=mark.text,
        body=mark.text,
        picture=plot[Asset],
        state=NewsItem.State.PUBLISHED,
        published_at=timezone.now(),
        author=plot[User],
    )


@factory(Publication, marked=False)
def publication(plot: Plot, mark: Mark) -> Publication:
    """An earlier one, ended."""
    item = plot[NewsItem]
    before = timezone.now() - timedelta(days=1)
    return Publication.objects.create(
        item=item, published_at=before, author=plot[User], ended_at=before, ended_by=plot[User]
    )
