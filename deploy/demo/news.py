"""Writing a commune's news, each item at its time, by the module's own actions."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from core.accounts.models import User
from core.media.actions import store
from core.media.receiving import Received, receive_picture
from core.richtext.text import from_plain
from deploy.demo.clock import at, dated, moment
from deploy.demo.pictures import drawn
from deploy.demo.texts import NOTE, Item, Place
from modules.news import actions
from modules.news.models import ItemState

Pictures = Mapping[str, Future[Received]]


_ENDS: Mapping[str, Callable[[UUID, User], object]] = {
    ItemState.UNPUBLISHED: lambda key, author: actions.unpublish(key=key, author=author),
    ItemState.ARCHIVED: lambda key, author: actions.archive(key=key, author=author),
    ItemState.EXPIRED: lambda key, author: actions.expire_due(),
}


def draw(place: Place, pool: Executor) -> Pictures:
    """Have every picture of the place drawn, by the title of its item; most of the time is spent where threads run
    together.
    """

    def picture(item: Item) -> Received:
        scene, light = item.scene
        return receive_picture(drawn(scene, place.look, light, item.title))

    return {item.title: pool.submit(picture, item) for item in place.news if item.picture}


def write(place: Place, team: Sequence[User], pictures: Pictures, now: datetime) -> None:
    for number, item in enumerate(place.news):
        picture = pictures.get(item.title)
        _write(item, number, team[number % len(team)], picture.result() if picture else None, now)


def _write(item: Item, number: int, author: User, picture: Received | None, now: datetime) -> None:
    then = moment(now, item.day, number)
    written = min(then, moment(now, -1, number)) - timedelta(hours=3, minutes=7 * number)
    begun = item.state in {ItemState.DRAFT, ItemState.TO_VALIDATE}
    ended = moment(now, item.ended, number)
    showing = actions.Showing(expire_at=ended if item.state == ItemState.EXPIRED else None)
    with at(then if begun else written):
        files = (store(picture, author=author, alt=item.alt),) if picture else ()
        key = actions.write(content=replace(_content(item, now), attachments=files), showing=showing, author=author).pk
        if item.state == ItemState.TO_VALIDATE:
            actions.ask_validation(key=key, author=author)
        if item.state == ItemState.SCHEDULED:
            actions.schedule(key=key, when=then, author=author)
    if not begun and item.state != ItemState.SCHEDULED:
        with at(then):
            actions.publish(key=key, author=author)
    if act := _ENDS.get(item.state):
        with at(ended):
            act(key, author)


def _content(item: Item, now: datetime) -> actions.Content:
    today = timezone.localdate(now)
    return actions.Content(
        title=dated(item.title, today),
        summary=dated(item.summary, today),
        body=from_plain(f"{dated(item.body, today)}\n\n{NOTE}"),
        theme=item.theme,
    )
