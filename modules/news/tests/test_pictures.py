"""The picture of an item: what is taken, who sees it, and when its files go."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from core.media.decoding.limits import MAX_BYTES
from core.media.models import Asset
from core.media.tests.pictures import bomb, drawn, upload
from core.tenancy.context import enter
from modules.news.models import NewsItem
from modules.news.tests.writing import TYPED, all_items, fresh, picture, published, scheduled, withdrawn, written
from tenants.switches import switch_off, switch_on
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
OFFICE = "/mairie/actualites/"


def illustrated(make: Any, place: Place) -> NewsItem:
    item: NewsItem = make(place, picture=picture(), alt="Une colline")
    return fresh(place, item)


def file(item: NewsItem, name: str = "480.jpg") -> str:
    return f"/media/{item.picture_id}/{name}"


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
    item = illustrated(published, cast.aubin)
    with enter(cast.aubin.schema_name):
        NewsItem.objects.update(picture=None)
    assert client_of(cast.aubin.administrator).get(file(item)).status_code == 404


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
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "pas une image"),
        (b"<html><script>alert(1)</script></html>", "pas une image"),
        (drawn(kind="GIF", mode="P"), "pas une image"),
        (drawn((40, 40)), "trop petite"),
        (drawn() + b"\0" * MAX_BYTES["picture"], "trop lourd"),
    ],
)  # fmt: skip
def test_a_hostile_picture_is_refused_at_its_field_and_the_text_comes_back(
    cast: Cast, client_of: Of, media_root: Path, data: bytes, said: str
) -> None:
    sent = {**TYPED, "picture": upload(data), "alt": "Une colline"}
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/publier/", sent)
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors["picture"])
    assert TYPED["body"] in response.content.decode()
    assert all_items(cast.aubin) == []
    assert files(media_root) == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "é" * 300 + ".jpg", "photo\x00.jpg", "", ".jpg", "a.php"])
def test_the_name_of_a_file_decides_nothing(cast: Cast, client_of: Of, media_root: Path, name: str) -> None:
    sent = {**TYPED, "picture": upload(drawn(), name or "x"), "alt": "Une colline"}
    assert client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/", sent).status_code == 302
    [item] = all_items(cast.aubin)
    with enter(cast.aubin.schema_name):
        assert all((media_root / each).is_file() for each in Asset.objects.get(pk=item.picture_id).names)


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"alt": ""}, "alt"), ({"alt": "  "}, "alt"), ({"alt": "Une colline", "decorative": "on"}, "decorative")],
)
def test_a_picture_is_described_or_decorative(cast: Cast, client_of: Of, sent: dict[str, str], field: str) -> None:
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/", {**TYPED, "picture": upload(drawn()), **sent})
    assert field in response.context["form"].errors


def test_a_decorative_picture_is_silent_for_who_does_not_see_it(cast: Cast, client_of: Of, client_on: On) -> None:
    sent = {**TYPED, "picture": upload(drawn()), "decorative": "on"}
    client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/publier/", sent)
    [item] = all_items(cast.aubin)
    html = client_on(cast.aubin.host).get(f"/actualites/{item.pk}/").content.decode()
    assert 'alt=""' in html
    assert f"{file(item)} 480w" in html


def test_a_replaced_picture_goes_with_its_files(
    cast: Cast, client_of: Of, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    item = illustrated(published, cast.aubin)
    sent = {**TYPED, "version": item.version, "picture": upload(drawn((900, 900))), "alt": "Autre"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/", sent).status_code == 302
    now = fresh(cast.aubin, item)
    assert now.picture is not None
    assert (now.picture.alt, now.picture_id == item.picture_id) == ("Autre", False)
    with enter(cast.aubin.schema_name):
        assert Asset.objects.count() == 1
    assert files(media_root) == len(now.picture.names)


def test_a_picture_is_taken_away(
    cast: Cast, client_of: Of, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    item = illustrated(written, cast.aubin)
    sent = {**TYPED, "version": item.version, "drop_picture": "on", "alt": "Une colline"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/", sent).status_code == 302
    assert fresh(cast.aubin, item).picture is None
    assert files(media_root) == 0


def test_a_description_is_corrected_without_sending_the_picture_again(cast: Cast, client_of: Of) -> None:
    item = illustrated(published, cast.aubin)
    with enter(cast.aubin.schema_name):
        Asset.objects.update(author_id=None)
    sent = {**TYPED, "version": item.version, "alt": "Une autre colline"}
    assert client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/", sent).status_code == 302
    now = fresh(cast.aubin, item)
    assert now.picture is not None
    assert (now.picture_id, now.picture.alt) == (item.picture_id, "Une autre colline")
