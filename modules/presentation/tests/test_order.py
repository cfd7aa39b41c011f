"""Blocks are moved, removed and put back, and nothing is lost between two editors."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from core.tenancy.context import enter
from modules.presentation.models import Block, BlockKind, PageVersion
from modules.presentation.tests.test_blocks import FAIR
from modules.presentation.tests.writing import OFFICE, begin, blocks, online, order, three, with_text
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


@pytest.fixture
def desk(editor: Client) -> str:
    return begin(editor)


def test_blocks_are_moved_by_their_buttons_and_stay_at_the_edges(cast: Cast, editor: Client, desk: str) -> None:
    _a, _b, c = three(cast, editor, desk)
    for way, said in (
        ("haut", "acb"),
        ("haut", "cab"),
        ("haut", "cab"),
        ("bas", "acb"),
        ("bas", "abc"),
        ("bas", "abc"),
    ):
        editor.post(f"{desk}blocs/{c}/place/", {"sens": way})
        assert order(cast) == said


def test_the_whole_order_is_kept_at_once(cast: Cast, editor: Client, desk: str) -> None:
    a, b, c = three(cast, editor, desk)
    sent = {"ordre": [str(c), str(a), str(b)], "read": f"{a} {b} {c}"}
    answer = editor.post(f"{desk}ordre/", sent, headers={"accept": "application/json"})
    assert answer.json()["read"] == f"{c} {a} {b}"
    assert order(cast) == "cab"


def test_who_orders_after_somebody_else_is_told_and_loses_no_block(cast: Cast, editor: Client, desk: str) -> None:
    a, b, c = three(cast, editor, desk)
    read = f"{a} {b} {c}"
    with_text(editor, desk, "d")
    editor.post(f"{desk}ordre/", {"ordre": [str(b), str(a), str(c)], "read": read})
    assert order(cast) == "bacd", "a block that was added meanwhile stays after the one it followed"
    late = editor.post(
        f"{desk}ordre/", {"ordre": [str(c), str(b), str(a)], "read": read}, headers={"accept": "application/json"}
    )
    assert late.status_code == 409
    assert "entre-temps" in late.json()["said"]
    assert order(cast) == "bacd"


@pytest.mark.parametrize("sent", [{}, {"ordre": "x"}, {"ordre": ["\x00", str(uuid4())]}, {"read": "x y"}])
def test_an_order_that_is_none_changes_nothing(cast: Cast, editor: Client, desk: str, sent: dict[str, Any]) -> None:
    three(cast, editor, desk)
    assert editor.post(f"{desk}ordre/", sent).status_code == 302
    assert order(cast) == "abc"


def test_a_block_is_added_after_another(cast: Cast, editor: Client, desk: str) -> None:
    a, _b, _c = three(cast, editor, desk)
    assert f"apres={a}" in editor.get(desk).content.decode()
    editor.post(f"{desk}blocs/nouveau/texte/", {"body": "d", "apres": str(a)})
    editor.post(f"{desk}blocs/nouveau/texte/", {"body": "e", "apres": "x"})
    assert order(cast) == "adbce"


def test_a_removed_block_is_put_back_where_it_was_until_the_page_goes_online(
    cast: Cast, editor: Client, desk: str
) -> None:
    a, b, _c = three(cast, editor, desk)
    editor.post(f"{desk}blocs/{b}/retirer/")
    editor.post(f"{desk}blocs/{b}/retirer/")
    assert order(cast) == "ac"
    assert "Bloc retiré" in editor.get(desk).content.decode()
    assert editor.post(f"{desk}blocs/{b}/", FAIR["texte"]).status_code == 404
    editor.post(f"{desk}blocs/{b}/remettre/")
    assert order(cast) == "abc"
    editor.post(f"{desk}blocs/{a}/retirer/")
    editor.post(f"{desk}mettre-en-ligne/")
    late = editor.post(f"{desk}blocs/{a}/remettre/", follow=True).content.decode()
    assert "ne peut plus être remis" in late
    assert order(cast) == "bc"


def test_a_block_sent_twice_is_added_once(cast: Cast, editor: Client, desk: str) -> None:
    key = str(uuid4())
    for body, status in (("a", 302), ("a", 302), ("b", 409)):
        answer = editor.post(f"{desk}blocs/nouveau/texte/", {"title": "", "body": body, "key": key})
        assert answer.status_code == status
    assert "b</textarea>" in answer.content.decode().replace("\n", "")
    assert editor.post(f"{desk}blocs/nouveau/citation/", {"text": "a", "key": key}).status_code == 409
    assert order(cast) == "a"


def test_who_changes_a_block_after_somebody_else_sees_both(
    cast: Cast, editor: Client, client_of: Of, desk: str
) -> None:
    with_text(editor, desk)
    [block] = blocks(cast)
    where = f"{desk}blocs/{block.key}/"
    read = editor.get(where).context["read"]
    client_of(cast.aubin.administrator).post(where, {"title": "", "body": "Le sien.", "read": read})
    answer = editor.post(where, {"title": "", "body": "Le mien.", "read": read})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Le sien." in html
    assert "Le mien." in html
    assert order(cast) == "Le sien."
    again = {"title": "", "body": "Le mien.", "read": answer.context["read"]}
    assert editor.post(where, again).status_code == 302
    assert order(cast) == "Le mien."


def test_two_editors_of_a_timeline_or_of_a_table_are_told(cast: Cast, editor: Client, desk: str) -> None:
    for kind, name in (("chronologie", "etapes-0-title"), ("tableau", "cells")):
        editor.post(f"{desk}blocs/nouveau/{kind}/", FAIR[kind])
        block = blocks(cast)[-1]
        where = f"{desk}blocs/{block.key}/"
        read = editor.get(where).context["read"]
        assert editor.post(where, FAIR[kind] | {name: "Autre", "read": read}).status_code == 302
        assert editor.post(where, FAIR[kind] | {name: "Encore", "read": read}).status_code == 409


def test_a_block_of_what_is_online_is_not_changed_by_its_working_copy(cast: Cast, editor: Client) -> None:
    desk = online(editor)
    [block] = blocks(cast)
    editor.post(f"{desk}blocs/{block.key}/", {"title": "", "body": "Autre."})
    with enter(cast.aubin.schema_name):
        read = Block.objects.get(version__in=PageVersion.objects.online())
        assert (read.key, read.data["body"], read.kind) == (block.key, "<p>Un château.</p>", BlockKind.TEXT)
    assert editor.get(f"{OFFICE}?etat=modifiee").content.decode().count("Notre histoire") == 1


def test_two_hundred_blocks_and_no_more(cast: Cast, editor: Client, desk: str) -> None:
    with_text(editor, desk)
    with enter(cast.aubin.schema_name):
        working = PageVersion.objects.working().get()
        Block.objects.bulk_create(
            Block(version=working, place=place, kind=BlockKind.TEXT, data={"title": "", "body": "x"})
            for place in range(1, 200)
        )
    assert "le plus qu’une page tienne" in editor.get(desk).content.decode()
    answer = editor.post(f"{desk}blocs/nouveau/texte/", FAIR["texte"])
    assert answer.status_code == 422
    assert "Une page tient en 200 blocs" in answer.content.decode()
