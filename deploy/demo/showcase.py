"""A page of each commune that holds every kind of block, as the mairie put it together in the first weeks."""

import tomllib
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future
from typing import Any

from core.accounts.models import User
from core.media.actions import keep, store
from core.media.models import Asset
from core.media.receiving import Received, receive_picture
from core.organisation.models import Department
from core.tenancy.keys import uuid7
from deploy.demo.papers import paper
from deploy.demo.pictures import drawn
from deploy.demo.texts import FOLDER, NOTE, Place, scene
from modules.presentation.actions import blocks, pages, versions
from modules.presentation.actions.blocks import Content
from modules.presentation.models import BlockKind

Pictures = Mapping[str, Future[Received]]


def told(place: Place) -> dict[str, Any]:
    """What the page says, typed by hand."""
    found: dict[str, Any] = tomllib.loads((FOLDER / "pages" / f"{place.slug}.toml").read_text(encoding="utf-8"))
    return found


def draw(place: Place, pool: Executor) -> Pictures:
    """Have the page's pictures drawn, by what they show."""

    def picture(each: dict[str, str]) -> Received:
        name, light = scene(each["picture"])
        return receive_picture(drawn(name, place.look, light, each["alt"]))

    page = told(place)
    return {each["alt"]: pool.submit(picture, each) for each in (page["lead"], *page["gallery"])}


def furnish(place: Place, author: User, pictures: Pictures) -> None:
    said = told(place)
    page = pages.start(heading=pages.Heading(said["title"], said["summary"]), author=author, key=uuid7())
    department = Department.objects.filter(closed_at__isnull=True).earliest("pk")
    for kind, content in _blocks(said, author, department, pictures):
        blocks.add(page=page.pk, kind=kind, content=content, author=author, key=uuid7())
    versions.publish(page=page.pk, author=author)


def _blocks(
    said: dict[str, Any], author: User, department: Department, pictures: Pictures
) -> Iterator[tuple[BlockKind, Content]]:
    def shown(each: dict[str, str]) -> Asset:
        return store(pictures[each["alt"]].result(), author=author, alt=each["alt"])

    yield BlockKind.TEXT, Content(pages.written(f"{said['text'].strip()}\n\n{NOTE}"))
    yield BlockKind.PICTURE, Content({"title": ""}, assets=[shown(said["lead"])])
    yield BlockKind.QUOTE, Content(dict(said["quote"]))
    yield BlockKind.TIMELINE, Content({"title": said["timeline_title"], "moments": said["moments"]})
    yield BlockKind.GALLERY, Content({"title": said["gallery_title"]}, assets=[shown(each) for each in said["gallery"]])
    yield BlockKind.TABLE, Content({"caption": said["caption"], "header": True, "rows": said["rows"]})
    file = keep(paper(said["paper"], said["lines"]), author=author, kinds=["document"], name=said["file"])
    file.caption = said["paper"]
    yield BlockKind.DOCUMENT, Content({"title": ""}, assets=[file])
    yield BlockKind.HOURS, Content({"title": ""}, department)
    yield BlockKind.CONTACT, Content({"title": said["contact"]}, department)
