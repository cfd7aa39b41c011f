"""What a page said is kept whole, compared block by block, and taken up again."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.accounts.models import User
from core.catalogue import Visibility
from core.media.models import Asset
from core.media.tests import pictures
from core.richtext.text import plain
from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.models import PageVersion
from modules.presentation.queries.versions import Change, _moved, compared
from modules.presentation.tests.writing import begin, blocks, key_of, online, order, three, with_text
from tests.cast import Cast

Of = Callable[..., Client]


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


def versions(cast: Cast) -> list[PageVersion]:
    with enter(cast.aubin.schema_name):
        return list(PageVersion.objects.exclude(published_at=None, ended_at=None).order_by("pk"))


def test_every_time_online_is_kept_whole_with_who_and_when(cast: Cast, editor: Client) -> None:
    desk = online(editor)
    [block] = blocks(cast)
    editor.post(f"{desk}blocs/{block.key}/", {"title": "", "body": "Autre."})
    editor.post(f"{desk}mettre-en-ligne/")
    with enter(cast.aubin.schema_name):
        said = [plain(version.blocks.get().data["body"]) for version in versions(cast)]
        assert said == ["Un château.", "Autre."]
        first, second = versions(cast)
        assert first.ended_at == second.published_at
        assert first.ended_by == second.published_by == User.objects.get(pk=cast.aubin.editor.id)
    listed = editor.get(f"{desk}versions/").content.decode()
    assert listed.count(f"{desk}versions/") >= 2


def test_two_versions_are_compared_block_by_block(cast: Cast, editor: Client) -> None:
    desk = begin(editor)
    a, b, _c = three(cast, editor, desk)
    editor.post(f"{desk}mettre-en-ligne/")
    [former] = versions(cast)
    editor.post(f"{desk}blocs/{a}/", {"title": "", "body": "A"})
    editor.post(f"{desk}blocs/{b}/retirer/")
    with_text(editor, desk, "d")
    with enter(cast.aubin.schema_name):
        pairs = compared(former, PageVersion.objects.working().get())
        assert [pair.change for pair in pairs] == [Change.CHANGED, Change.REMOVED, Change.SAME, Change.ADDED]
    html = editor.get(f"{desk}versions/{former.pk}/").content.decode()
    for words in ("Modifié depuis", "Retiré depuis", "Ajouté depuis", "1 autre bloc"):
        assert words in html


@pytest.mark.parametrize(("was", "now", "moved"), [("abcd", "abcd", ""), ("abcd", "dabc", "d"), ("abcd", "bacd", 1)])
def test_the_fewest_blocks_are_said_to_have_moved(was: str, now: str, moved: str | int) -> None:
    keys = {letter: uuid4() for letter in "abcd"}
    found = _moved([keys[each] for each in was], [keys[each] for each in now])
    if isinstance(moved, int):
        assert len(found) == moved
    else:
        assert found == {keys[each] for each in moved}


def test_a_version_taken_up_again_loses_nothing_of_the_working_copy(cast: Cast, editor: Client) -> None:
    desk = begin(editor)
    three(cast, editor, desk)
    editor.post(f"{desk}mettre-en-ligne/")
    [former] = versions(cast)
    with_text(editor, desk, "d")
    editor.post(f"{desk}versions/{former.pk}/reprendre/")
    assert order(cast) == "abc"
    aside = versions(cast)[0] if versions(cast)[0].published_at is None else versions(cast)[1]
    assert aside.published_at is None
    assert "Mise de côté" in editor.get(f"{desk}versions/").content.decode()
    editor.post(f"{desk}versions/{aside.pk}/reprendre/")
    assert order(cast) == "abcd"


def test_what_is_online_already_is_not_set_aside_as_well(cast: Cast, editor: Client) -> None:
    desk = online(editor)
    [former] = versions(cast)
    editor.post(f"{desk}versions/{former.pk}/reprendre/")
    assert len(versions(cast)) == 1
    assert [block.data["body"] for block in blocks(cast)] == ["<p>Un château.</p>"]


def test_the_files_of_the_history_stay_the_mairies(cast: Cast, editor: Client) -> None:
    desk = begin(editor)
    sent = {"title": "", "picture": SimpleUploadedFile("pont.jpg", pictures.drawn()), "picture-new-alt": "Le pont"}
    editor.post(f"{desk}blocs/nouveau/image/", sent)
    editor.post(f"{desk}mettre-en-ligne/")
    [block] = blocks(cast)
    editor.post(f"{desk}blocs/{block.key}/retirer/")
    editor.post(f"{desk}mettre-en-ligne/")
    with enter(cast.aubin.schema_name):
        assert hooks.owns_media(Asset.objects.get().pk) == Visibility.STAFF
    former = versions(cast)[0]
    editor.post(f"{desk}versions/{former.pk}/reprendre/")
    editor.post(f"{desk}mettre-en-ligne/")
    with enter(cast.aubin.schema_name):
        assert hooks.owns_media(Asset.objects.get().pk) == Visibility.PUBLIC


def test_a_version_of_another_page_is_not_found(cast: Cast, editor: Client) -> None:
    online(editor)
    [former] = versions(cast)
    other = begin(editor, "Autre")
    assert editor.get(f"{other}versions/{former.pk}/").status_code == 404
    assert editor.post(f"{other}versions/{former.pk}/reprendre/").status_code == 404
    assert key_of(other)


def test_a_withdrawal_offers_to_be_undone_and_twice_is_once(
    cast: Cast, editor: Client, client_on: Callable[[str], Client]
) -> None:
    desk, anyone = online(editor), client_on(cast.aubin.host)
    [version] = versions(cast)
    back = f"{desk}versions/{version.pk}/remettre-en-ligne/"
    assert back in editor.post(f"{desk}retirer/", follow=True).content.decode()
    assert anyone.get("/commune/notre-histoire/").status_code == 404
    for _time in range(2):
        assert editor.post(back).status_code == 302
        assert anyone.get("/commune/notre-histoire/").status_code == 200


def test_what_went_online_meanwhile_is_not_replaced_by_what_is_undone(cast: Cast, editor: Client) -> None:
    desk = online(editor)
    [former] = versions(cast)
    editor.post(f"{desk}retirer/")
    editor.post(f"{desk}mettre-en-ligne/")
    editor.post(f"{desk}versions/{former.pk}/remettre-en-ligne/")
    with enter(cast.aubin.schema_name):
        assert PageVersion.objects.online().get().pk != former.pk


def test_a_working_copy_does_not_go_online_by_undoing(cast: Cast, editor: Client) -> None:
    desk = begin(editor)
    with enter(cast.aubin.schema_name):
        working = PageVersion.objects.working().get()
    assert editor.post(f"{desk}versions/{working.pk}/remettre-en-ligne/").status_code == 404
