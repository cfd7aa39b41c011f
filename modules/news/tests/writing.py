"""Writing news in the tests, as the people of the cast."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from core.accounts.models import User
from core.media.receiving import receive_picture
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from modules.news import actions
from modules.news.actions import Content
from modules.news.models import NewsItem
from tests.cast import Person, Place

CONTENT = Content(
    title="La mairie ferme mardi", summary="Elle rouvre mercredi.", body="Un mot.\n\nUn autre.", theme="practical"
)
TYPED = {
    "title": "Le marché revient",
    "summary": "Samedi matin.",
    "body": "Sur la place.",
    "theme": "culture",
}


def user(person: Person) -> User:
    with enter(person.schema_name):
        return User.objects.get(pk=person.id)


def content(**changes: Any) -> Content:
    return replace(CONTENT, **changes)


def picture(size: tuple[int, int] = (800, 600)) -> Any:
    return receive_picture(upload(drawn(size)))


def written(place: Place, **changes: Any) -> NewsItem:
    """A draft of the commune's editor."""
    with enter(place.schema_name):
        return actions.write(content=content(**changes), author=user(place.editor))


def published(place: Place, **changes: Any) -> NewsItem:
    item = written(place, **changes)
    with enter(place.schema_name):
        return actions.publish(key=item.pk, author=user(place.editor))


def scheduled(place: Place, when: datetime | None = None, **changes: Any) -> NewsItem:
    item = written(place, **changes)
    moment = when or timezone.now() + timedelta(days=2)
    with enter(place.schema_name):
        return actions.schedule(key=item.pk, when=moment, author=user(place.editor))


def withdrawn(place: Place, **changes: Any) -> NewsItem:
    item = published(place, **changes)
    with enter(place.schema_name):
        return actions.unpublish(key=item.pk, author=user(place.editor))


def fresh(place: Place, item: NewsItem) -> NewsItem:
    """The item as it is now."""
    with enter(place.schema_name):
        return NewsItem.objects.select_related("picture").get(pk=item.pk)


def all_items(place: Place) -> list[NewsItem]:
    with enter(place.schema_name):
        return list(NewsItem.objects.order_by("pk"))
