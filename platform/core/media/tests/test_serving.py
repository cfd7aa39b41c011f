"""How files are sent: parts of them, by whom they are seen, as what, from which store and on which host."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.media import uploads
from core.media.actions import keep
from core.media.models import Asset
from core.media.sweeping import sweep
from core.media.tests import documents, films
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from tests.cast import Cast

Of = Callable[..., Client]
HOST = "fichiers.example"


def kept(cast: Cast, data: bytes, name: str) -> Asset:
    with enter(cast.aubin.schema_name):
        return keep(upload(data, name), author=User.objects.get(pk=cast.aubin.editor.id))


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


@pytest.fixture
def video(cast: Cast, no_ffmpeg: None, monkeypatch: pytest.MonkeyPatch) -> Asset:
    monkeypatch.setattr("core.media.actions.ffmpeg", lambda: "")
    return kept(cast, films.mp4(), "fete.mp4")


def test_what_nobody_shows_yet_is_its_authors_alone(cast: Cast, editor: Client, client_of: Of, client_on: Any) -> None:
    address = f"/media/{kept(cast, drawn(), 'a.jpg').pk}/480.jpg"
    others = [client_on(cast.aubin.host), client_of(cast.aubin.administrator), client_of(cast.belleville.editor)]
    assert [client.get(address).status_code for client in others] == [404, 404, 404]
    found = editor.get(address)
    assert (found.status_code, found["Cache-Control"]) == (200, "private, no-cache")
    assert found.getvalue().startswith(b"\xff\xd8\xff")


def test_what_nobody_shows_goes_after_two_days(
    cast: Cast, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept(cast, drawn(), "a.jpg")
    with enter(cast.aubin.schema_name):
        sweep()
        assert Asset.objects.exists()
        with time_machine.travel(timezone.now() + timedelta(days=3)), django_capture_on_commit_callbacks(execute=True):
            sweep()
        assert not Asset.objects.exists()
    assert not [path for path in media_root.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=10-", 10, None), ("bytes=-5", -5, None), ("bytes=3-999999999", 3, None)],
)
def test_a_part_of_a_video_is_given(editor: Client, video: Asset, asked: str, first: int, last: int | None) -> None:
    address = f"/media/{video.pk}/video.mp4"
    whole = editor.get(address)
    content = whole.getvalue()
    assert (whole.status_code, whole["Accept-Ranges"], whole["Content-Type"]) == (200, "bytes", "video/mp4")
    part = editor.get(address, headers={"range": asked})
    wanted = content[first : last + 1 if last is not None else None]
    assert (part.status_code, part.getvalue()) == (206, wanted)
    start = first % len(content)
    assert part["Content-Range"] == f"bytes {start}-{start + len(wanted) - 1}/{len(content)}"
    assert part["Content-Length"] == str(len(wanted))


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"range": "bytes=999999999-"}, 416), ({"range": "bytes=5-2"}, 416), ({"range": "bytes=-"}, 200),
     ({"range": "lines=1-2"}, 200), ({"range": "bytes=0-1,4-5"}, 200),
     ({"range": "bytes=0-1", "if-range": '"x"'}, 200)],
)  # fmt: skip
def test_a_part_that_is_not_there_or_not_understood(
    editor: Client, video: Asset, headers: dict[str, str], status: int
) -> None:
    response = editor.get(f"/media/{video.pk}/video.mp4", headers=headers)
    response.getvalue()
    assert response.status_code == status


def test_a_document_is_a_download_under_its_own_name_and_nothing_in_it_acts(cast: Cast, editor: Client) -> None:
    asset = kept(cast, documents.pdf(), "Arrêté n° 12.pdf")
    response = editor.get(f"/media/{asset.pk}/document.pdf")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Arr%C3%AAt%C3%A9%20n%C2%B0%2012.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.getvalue() == documents.pdf()


@pytest.fixture
def object_store(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that speaks S3, with a bucket in it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    access = {"endpoint_url": endpoint, "region_name": "us-east-1"}
    boto3.client("s3", aws_access_key_id="x", aws_secret_access_key="y", **access).create_bucket(Bucket="beffroi")
    options = {"bucket_name": "beffroi", "access_key": "x", "secret_key": "y", "file_overwrite": False, **access}
    backend = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    yield endpoint
    server.stop()


def test_everything_works_on_an_object_store(
    cast: Cast, editor: Client, object_store: str, django_capture_on_commit_callbacks: Any
) -> None:
    asset = kept(cast, drawn(), "a.jpg")
    assert editor.get(f"/media/{asset.pk}/480.jpg").getvalue().startswith(b"\xff\xd8\xff")
    data = documents.pdf()
    with enter(cast.aubin.schema_name):
        owner = User.objects.get(pk=cast.aubin.editor.id)
        with django_capture_on_commit_callbacks(execute=True):
            coming = uploads.begin(owner=owner, name="a.pdf", size=len(data), kinds=["document"])
            for start in (0, 100):
                part = data[start : start + 100] if not start else data[start:]
                uploads.append(owner=owner, key=coming.pk, offset=start, data=part)
            document = uploads.finish(owner=owner, key=coming.pk).asset
    assert document is not None
    _folders, parts = default_storage.listdir(f"{coming.prefix}/")
    assert parts == []
    response = editor.get(f"/media/{document.pk}/document.pdf")
    assert response.status_code == 302
    assert response["Location"].startswith(f"{object_store}/beffroi/{document.prefix}/document.pdf?")
    import urllib.request

    with urllib.request.urlopen(response["Location"]) as answer:  # noqa: S310 - our own server
        assert answer.read() == data
        assert answer.headers["Content-Disposition"].startswith("attachment")
    with enter(cast.aubin.schema_name), django_capture_on_commit_callbacks(execute=True):
        Asset.objects.get(pk=document.pk).delete()
    assert not default_storage.exists(f"{document.prefix}/document.pdf")


def test_on_the_media_host_a_signed_address_is_good_for_a_day_and_nothing_else_is(
    cast: Cast, client_on: Any, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.MEDIA_HOST = HOST
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    asset = kept(cast, documents.pdf(), "Arrêté.pdf")
    address, same = asset.url("document.pdf"), asset.url("document.pdf")
    assert address == same
    assert address.startswith(f"https://{HOST}/{asset.prefix}/document.pdf?")
    path, client = address.removeprefix(f"https://{HOST}"), client_on(HOST)
    with django_assert_num_queries(0):
        response = client.get(path)
        assert response.getvalue() == documents.pdf()
    assert response["Content-Disposition"].startswith("attachment; filename*=")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert client.get(path).getvalue() == documents.pdf()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert client.get(path).status_code == 404
    for other in (
        path.replace("document.pdf", "480.jpg"),
        path[:-1],
        path.replace("until=", "until=9"),
        "/",
        "/mairie/",
    ):
        assert client.get(other).status_code == 404, other
    assert client.post(path).status_code == 405
    assert client_on(cast.aubin.host).get(path).status_code == 404
