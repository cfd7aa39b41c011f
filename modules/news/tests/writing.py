"""Writing news in the tests, as the people of the cast."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from core.accounts.models import User
from core.media.actions import keep
from core.media.models import Asset
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from modules.news import actions
from modules.news.actions import Content, Showing
from modules.news.models import NewsItem
from tests.cast import Person, Place

CONTENT = Content(
    title="La mairie ferme mardi",
    summary="Elle rouvre mercredi.",
    body="<p>Un mot.</p><p>Un autre.</p>",
    theme="practical",
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


def picture(place: Place, alt: str = "Une colline", size: tuple[int, int] = (800, 600)) -> Asset:
    """A picture of the commune's editor that nothing shows yet."""
    with enter(place.schema_name):
        asset = keep(upload(drawn(size)), author=user(place.editor), kinds=["picture"])
        asset.alt = alt
        asset.save()
        return asset


def written(place: Place, *, showing: Showing | None = None, **changes: Any) -> NewsItem:
    """A draft of the commune's editor."""
    with enter(place.schema_name):
        return actions.write(content=content(**changes), showing=showing, author=user(place.editor))


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


def submitted(place: Place, **changes: Any) -> NewsItem:
    item = written(place, **changes)
    with enter(place.schema_name):
        return actions.ask_validation(key=item.pk, author=user(place.editor))


def expired(place: Place, **changes: Any) -> NewsItem:
    item = published(place, **changes)
    with enter(place.schema_name):
        NewsItem.objects.filter(pk=item.pk).update(expire_at=timezone.now())
        actions.expire_due()
    return fresh(place, item)


def archived(place: Place, **changes: Any) -> NewsItem:
    item = published(place, **changes)
    with enter(place.schema_name):
        return actions.archive(key=item.pk, author=user(place.editor))


def fresh(place: Place, item: NewsItem) -> NewsItem:
    """The item as it is now."""
    with enter(place.schema_name):
        return NewsItem.everything.whole().get(pk=item.pk)


EVERY_STATE = (written, submitted, scheduled, published, expired, archived, withdrawn)


def all_items(place: Place) -> list[NewsItem]:
    with enter(place.schema_name):
        return list(NewsItem.objects.order_by("pk"))
