"""The picture of an item: what is taken, who sees it, and when its files go."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from core.media.decoding.limits import MAX_BYTES
from core.media.models import Asset
from core.media.tests.pictures import bomb, drawn, upload
from core.tenancy.context import enter
from modules.news import actions
from modules.news.models import Attachment, NewsItem, Revision
from modules.news.tests.writing import TYPED, all_items, fresh, picture, published, scheduled, user, withdrawn, written
from tenants.switches import switch_off, switch_on
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
OFFICE = "/mairie/actualites/"


def illustrated(make: Any, place: Place) -> NewsItem:
    item: NewsItem = make(place, attachments=(picture(place),))
    return fresh(place, item)


def file(item: NewsItem, name: str = "480.jpg") -> str:
    return f"/media/{item.assets[0].pk}/{name}"


def get(client: Client, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content, read to its end so that the file is closed."""
    response = client.get(address, headers=headers)
    return response.status_code, dict(response.headers), response.getvalue()


def files(root: Path) -> int:
    return len([path for path in root.rglob("*") if path.is_file()])


@pytest.mark.parametrize("make", [written, scheduled, withdrawn])
def test_the_picture_of_what_is_not_public_is_the_mairies_alone(
    cast: Cast, client_on: On, client_of: Of, make: Any
) -> None:
    address = file(illustrated(make, cast.aubin))
    assert client_on(cast.aubin.host).get(address).status_code == 404
    assert client_of(cast.aubin.resident).get(address).status_code == 404
    assert client_of(cast.belleville.editor, cast.aubin.host).get(address).status_code == 404
    status, headers, _content = get(client_of(cast.aubin.editor), address)
    assert (status, headers["Cache-Control"]) == (200, "private, no-cache")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_picture_is_seen_in_its_own_commune_only(cast: Cast, client_of: Of) -> None:
    address = file(illustrated(published, cast.aubin))
    assert client_of(cast.belleville.administrator).get(address).status_code == 404


def test_a_picture_goes_with_its_module(cast: Cast, client_of: Of) -> None:
    address, editor = file(illustrated(published, cast.aubin)), client_of(cast.aubin.editor)
    switch_off(cast.aubin.space, "news", author="test")
    assert editor.get(address).status_code == 404
    switch_on(cast.aubin.space, "news", author="test")
    assert get(editor, address)[0] == 200


def test_a_picture_that_no_module_shows_is_not_served(cast: Cast, client_of: Of) -> None:
    address = file(illustrated(published, cast.aubin))
    with enter(cast.aubin.schema_name):
        Attachment.objects.all().delete()
        Revision.objects.all().delete()
    assert client_of(cast.aubin.administrator).get(address).status_code == 404


def test_anyone_sees_the_picture_of_what_is_public(cast: Cast, client_on: On) -> None:
    item, client = illustrated(published, cast.aubin), client_on(cast.aubin.host)
    for name, kind in {"480.jpg": "image/jpeg", "480.webp": "image/webp", "960.jpg": "image/jpeg"}.items():
        status, headers, content = get(client, file(item, name))
        assert (status, headers["Content-Type"], bool(content)) == (200, kind, True)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"].startswith("private, max-age=")
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"  # a reader of the feed shows it
    assert get(client, file(item, name), **{"if-none-match": headers["ETag"]})[0] == 304


@pytest.mark.parametrize(
    "name", ["479.jpg", "2560.jpg", "0.webp", "480.png", "480.svg", "../480.jpg", "999999999999.jpg"]
)
def test_a_rendition_that_does_not_exist_is_not_found(cast: Cast, client_on: On, name: str) -> None:
    item = illustrated(published, cast.aubin)
    assert client_on(cast.aubin.host).get(file(item, name)).status_code == 404


def test_a_picture_is_only_read(cast: Cast, client_of: Of) -> None:
    assert client_of(cast.aubin.administrator).post(file(illustrated(published, cast.aubin))).status_code == 405


def test_a_picture_whose_file_is_gone_is_not_found(cast: Cast, client_on: On, media_root: Path) -> None:
    item = illustrated(published, cast.aubin)
    for path in media_root.rglob("*.jpg"):
        path.unlink()
    assert client_on(cast.aubin.host).get(file(item)).status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Ce fichier est vide"),
        (drawn()[:900], "ne peut pas être lu en entier"),
        (bomb(50_000, 50_000), "trop grande"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Nous acceptons les images"),
        (b"<html><script>alert(1)</script></html>", "Nous acceptons les images"),
        (drawn(kind="GIF", mode="P"), "Nous acceptons les images"),
        (drawn((40, 40)), "trop petite"),
        (drawn() + b"\0" * MAX_BYTES["picture"], "trop lourd"),
    ],
)  # fmt: skip
def test_a_hostile_picture_is_refused_at_its_field_and_the_text_comes_back(
    cast: Cast, client_of: Of, media_root: Path, data: bytes, said: str
) -> None:
    sent = {**TYPED, "attachments": upload(data), "attachments-new-alt": "Une colline"}
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/publier/", sent)
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors["attachments"])
    assert TYPED["body"] in response.content.decode()
    assert all_items(cast.aubin) == []
    assert files(media_root) == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "é" * 300 + ".jpg", "photo\x00.jpg", "", ".jpg", "a.php"])
def test_the_name_of_a_file_decides_nothing(cast: Cast, client_of: Of, media_root: Path, name: str) -> None:
    sent = {**TYPED, "attachments": upload(drawn(), name or "x"), "attachments-new-alt": "Une colline"}
    assert client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/", sent).status_code == 302
    [item] = all_items(cast.aubin)
    [asset] = fresh(cast.aubin, item).assets
    assert all((media_root / each).is_file() for each in asset.names)


@pytest.mark.parametrize("sent", [{"alt": ""}, {"alt": "  "}, {"alt": "Une colline", "decorative": "on"}])
def test_a_picture_is_described_or_decorative(cast: Cast, client_of: Of, sent: dict[str, str]) -> None:
    described = {f"attachments-new-{name}": value for name, value in sent.items()}
    typed = {**TYPED, "attachments": upload(drawn()), **described}
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/", typed)
    assert "attachments" in response.context["form"].errors


def test_a_decorative_picture_is_silent_for_who_does_not_see_it(cast: Cast, client_of: Of, client_on: On) -> None:
    sent = {**TYPED, "attachments": upload(drawn()), "attachments-new-decorative": "on"}
    client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/publier/", sent)
    [item] = all_items(cast.aubin)
    html = client_on(cast.aubin.host).get(f"/actualites/{item.pk}/").content.decode()
    assert 'alt=""' in html
    assert f"{file(fresh(cast.aubin, item))} 480w" in html


def sent_again(item: NewsItem, **changes: str) -> dict[str, Any]:
    """The form of an item as its page shows it, its files included."""
    sent: dict[str, Any] = {
        **TYPED,
        "version": item.version,
        "attachments-assets": [str(each.pk) for each in item.assets],
    }
    sent |= {f"attachments-{asset.pk}-alt": asset.alt for asset in item.assets if asset.is_picture}
    return {**sent, **changes}


def test_several_files_are_kept_in_the_order_that_was_chosen(cast: Cast, client_of: Of) -> None:
    first, second = picture(cast.aubin, "Une"), picture(cast.aubin, "Deux")
    item = fresh(cast.aubin, written(cast.aubin, attachments=(first, second)))
    places = {f"attachments-{first.pk}-place": "2", f"attachments-{second.pk}-place": "1"}
    editor = client_of(cast.aubin.editor)
    assert editor.post(f"{OFFICE}{item.pk}/", sent_again(item, **places)).status_code == 302
    now = fresh(cast.aubin, item)
    assert now.assets == [second, first]
    assert now.lead == second


def test_a_file_taken_away_stays_in_the_versions_for_the_mairie_alone(cast: Cast, client_of: Of, client_on: On) -> None:
    item = illustrated(published, cast.aubin)
    address, editor = file(item), client_of(cast.aubin.editor)
    taken = {f"attachments-{item.assets[0].pk}-remove": "on"}
    assert editor.post(f"{OFFICE}{item.pk}/", sent_again(item, **taken)).status_code == 302
    assert fresh(cast.aubin, item).assets == []
    assert client_on(cast.aubin.host).get(address).status_code == 404
    assert get(editor, address)[0] == 200


def test_a_description_is_corrected_without_sending_the_picture_again(cast: Cast, client_of: Of) -> None:
    item = illustrated(published, cast.aubin)
    [asset] = item.assets
    with enter(cast.aubin.schema_name):
        Asset.objects.update(author_id=None)
    sent = sent_again(item, **{f"attachments-{asset.pk}-alt": "Une autre colline"})
    assert client_of(cast.aubin.administrator).post(f"{OFFICE}{item.pk}/", sent).status_code == 302
    assert [(each.pk, each.alt) for each in fresh(cast.aubin, item).assets] == [(asset.pk, "Une autre colline")]


@pytest.mark.parametrize("make", [written, published])
def test_a_file_of_another_item_or_person_is_not_taken(cast: Cast, client_of: Of, make: Any) -> None:
    theirs = illustrated(make, cast.aubin).assets[0]
    loose = picture(cast.aubin)
    for asset in (theirs, loose):
        sent = {**TYPED, "attachments-assets": str(asset.pk), f"attachments-{asset.pk}-alt": "Une colline"}
        response = client_of(cast.aubin.administrator).post(f"{OFFICE}nouvelle/", sent)
        assert response.status_code == 422
        assert "attachments" in response.context["form"].errors
    assert len(all_items(cast.aubin)) == 1


def test_an_action_refuses_a_file_that_another_item_shows(cast: Cast) -> None:
    theirs = illustrated(published, cast.aubin).assets[0]
    with pytest.raises(ValidationError) as refusal:
        written(cast.aubin, attachments=(theirs,))
    assert "attachments" in refusal.value.error_dict


def test_a_video_of_another_site_is_framed_by_its_own_page_alone(cast: Cast, client_of: Of, client_on: On) -> None:
    sent = {**TYPED, "video": "https://youtu.be/dQw4w9WgXcQ"}
    client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/publier/", sent)
    [item] = all_items(cast.aubin)
    page = client_on(cast.aubin.host).get(f"/actualites/{item.pk}/")
    assert "https://www.youtube-nocookie.com" in page["Content-Security-Policy"]
    assert "<iframe" not in page.content.decode()
    assert "youtube" not in client_on(cast.aubin.host).get("/actualites/")["Content-Security-Policy"]


def test_a_draft_erased_for_good_takes_its_files_with_it(
    cast: Cast, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    item = illustrated(written, cast.aubin)
    with enter(cast.aubin.schema_name), django_capture_on_commit_callbacks(execute=True):
        actions.delete_draft(key=item.pk, author=user(cast.aubin.editor))
        assert actions.erase_deleted() is not None
        assert files(media_root) > 0
        with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
            assert actions.erase_deleted() is None
        assert not NewsItem.everything.exists()
        assert not Asset.objects.exists()
    assert files(media_root) == 0
