"""Pages and blocks, made by their forms."""

from typing import Any
from uuid import UUID

from django.test import Client

from core.richtext.text import plain
from core.tenancy.context import enter
from modules.presentation.models import Block, PageVersion
from tests.cast import Cast

OFFICE = "/mairie/commune/"


def begin(client: Client, title: str = "Notre histoire", **more: str) -> str:
    """A page, by its form; the address of its desk."""
    answer = client.post(f"{OFFICE}pages/nouvelle/", {"title": title, "summary": "", "slug": "", **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def key_of(desk: str) -> UUID:
    return UUID(desk.split("/")[-2])


def with_text(client: Client, desk: str, body: str = "Un château.", title: str = "") -> None:
    assert client.post(f"{desk}blocs/nouveau/texte/", {"title": title, "body": body}).status_code == 302


def online(client: Client, title: str = "Notre histoire", body: str = "Un château.") -> str:
    desk = begin(client, title)
    with_text(client, desk, body)
    client.post(f"{desk}mettre-en-ligne/")
    return desk


def blocks(cast: Cast, **like: Any) -> list[Block]:
    with enter(cast.aubin.schema_name):
        return list(Block.objects.filter(version__in=PageVersion.objects.working(), removed_at__isnull=True, **like))


def three(cast: Cast, editor: Client, desk: str) -> list[UUID]:
    for body in "abc":
        with_text(editor, desk, body)
    return [block.key for block in blocks(cast)]


def order(cast: Cast) -> str:
    return "".join(plain(block.data["body"]) for block in blocks(cast))
