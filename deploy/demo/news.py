"""Writing a commune's news, each item at its time, by the module's own actions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from core.accounts.models import User
from core.media.actions import keep, store
from core.media.models import Asset
from core.media.receiving import Received, receive_picture
from core.richtext.text import from_plain
from core.territory.models import Area
from deploy.demo.clock import at, dated, moment
from deploy.demo.papers import paper
from deploy.demo.pictures import drawn
from deploy.demo.services import MARK
from deploy.demo.texts import NOTE, Item, Place, scene
from modules.news import actions
from modules.news.models import ItemState, NewsItem

Pictures = Mapping[str, Future[Received]]


_ENDS: Mapping[str, Callable[[UUID, User], object]] = {
    ItemState.UNPUBLISHED: lambda key, author: actions.unpublish(key=key, author=author),
    ItemState.ARCHIVED: lambda key, author: actions.archive(key=key, author=author),
    ItemState.EXPIRED: lambda key, author: actions.expire_due(),
}


def draw(place: Place, pool: Executor) -> Pictures:
    """Have every picture of the place drawn, by what it shows and its item; most of the time is spent where threads run
    together.
    """

    def picture(item: Item, what: str) -> Received:
        name, light = scene(what)
        return receive_picture(drawn(name, place.look, light, item.title))

    return {
        f"{item.title} {what}": pool.submit(picture, item, what) for item in place.news for what, _alt in item.pictures
    }


def write(place: Place, team: Sequence[User], pictures: Pictures, now: datetime) -> None:
    for number, item in enumerate(place.news):
        _write(item, number, team[number % len(team)], pictures, now)


def _write(item: Item, number: int, author: User, pictures: Pictures, now: datetime) -> None:
    then = moment(now, item.day, number)
    written = min(then, moment(now, -1, number)) - timedelta(hours=3, minutes=7 * number)
    begun = item.state in {ItemState.DRAFT, ItemState.TO_VALIDATE}
    ended = moment(now, item.ended, number)
    showing = actions.Showing(
        expire_at=ended if item.state == ItemState.EXPIRED else None,
        pin_until=now + timedelta(days=item.pinned) if item.pinned else None,
    )
    content = _content(item, now)
    with at(then if begun else written):
        content = replace(content, attachments=tuple(_files(item, author, pictures)), areas=tuple(_areas(item)))
        first = replace(content, summary=dated(item.corrected, timezone.localdate(now)) or content.summary)
        key = actions.write(content=first, showing=showing, author=author).pk
        if item.state == ItemState.TO_VALIDATE or item.returned:
            actions.ask_validation(key=key, author=author)
        if item.state == ItemState.SCHEDULED:
            actions.schedule(key=key, when=then, author=author)
    if item.returned:
        with at(then + timedelta(hours=1)):
            actions.send_back(key=key, reason=item.returned, author=author)
    if not begun and item.state != ItemState.SCHEDULED:
        with at(then):
            actions.publish(key=key, author=author)
    if item.corrected:
        with at(then + timedelta(hours=1)):
            _correct(key, content, showing, author)
    if act := _ENDS.get(item.state):
        with at(ended):
            act(key, author)


def _correct(key: UUID, content: actions.Content, showing: actions.Showing, author: User) -> None:
    version = NewsItem.objects.get(pk=key).version
    words = replace(content, attachments=(), areas=(), words_only=True)
    actions.revise(key=key, version=version, content=words, showing=showing, author=author)


def _files(item: Item, author: User, pictures: Pictures) -> Iterator[Asset]:
    for what, alt in item.pictures:
        yield store(pictures[f"{item.title} {what}"].result(), author=author, alt=alt)
    if item.paper:
        title, *lines = item.paper
        asset = keep(paper(title, lines), author=author, kinds=["document"], name=f"{slugify(title)}-demonstration.pdf")
        asset.caption = title
        yield asset


def _areas(item: Item) -> list[Area]:
    return [Area.objects.get(name=item.area + MARK)] if item.area else []


def _content(item: Item, now: datetime) -> actions.Content:
    today = timezone.localdate(now)
    return actions.Content(
        title=dated(item.title, today),
        summary=dated(item.summary, today),
        body=from_plain(f"{dated(item.body, today)}\n\n{NOTE}"),
        theme=item.theme,
    )
