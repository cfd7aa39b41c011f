"""Files that come in parts: what was said to be received is, and a file is made of them once."""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from core.media import uploads
from core.media.actions import usage
from core.media.models import Asset, Upload
from core.media.sweeping import sweep
from core.media.tests.pictures import drawn
from core.tenancy.context import enter
from tests.cast import Cast

Of = Callable[..., Client]
PATH = "/media/envois/"
TUS = {"tus-resumable": "1.0.0"}
PARTS = "application/offset+octet-stream"


def begin(client: Client, size: int, name: str = "plage.jpg", kinds: str = "picture", **more: Any) -> Any:
    told = f"filename {b64encode(name.encode()).decode()},kinds {b64encode(kinds.encode()).decode()}"
    return client.post(PATH, headers={**TUS, "upload-length": str(size), "upload-metadata": told, **more})


def patch(client: Client, address: str, offset: int, data: bytes, **headers: str) -> Any:
    sent = {**TUS, "upload-offset": str(offset), **headers}
    return client.patch(address, data, content_type=PARTS, headers=sent)


def head(client: Client, address: str) -> Any:
    return client.head(address, headers=TUS)


def stored(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


def test_nobody_but_the_staff_sends_files(cast: Cast, client_of: Of, client_on: Any) -> None:
    for client in (client_on(cast.aubin.host), client_of(cast.aubin.resident)):
        assert begin(client, 10).status_code == 403


def test_a_file_is_somebodys_own(cast: Cast, client_of: Of, editor: Client) -> None:
    address = begin(editor, 10)["Location"]
    for person in (cast.aubin.administrator, cast.belleville.editor):
        other = client_of(person)
        assert head(other, address).status_code == 404
        assert patch(other, address, 0, b"12345").status_code == 404
        assert other.delete(address, headers=TUS).status_code == 404
    assert head(editor, address)["Upload-Offset"] == "0"


def test_a_file_in_parts_becomes_an_asset_once_and_its_parts_go(
    cast: Cast, editor: Client, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    data = drawn()
    address = begin(editor, len(data))["Location"]
    assert patch(editor, address, 0, data[:700])["Upload-Offset"] == "700"
    assert head(editor, address)["Upload-Offset"] == "700"
    with django_capture_on_commit_callbacks(execute=True):
        last = patch(editor, address, 700, data[700:])
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(data)))
    with enter(cast.aubin.schema_name):
        asset = Asset.objects.get()
        assert (asset.original_name, asset.author_id) == ("plage.jpg", cast.aubin.editor.id)
        assert stored(media_root) == sorted(asset.names)
    for _again in range(2):
        row = editor.get(address, {"field": "pictures", "several": ""}).content.decode()
        assert f'name="pictures-assets" value="{asset.pk}"' in row
        assert f'name="pictures-{asset.pk}-alt"' in row
    with enter(cast.aubin.schema_name):
        assert Asset.objects.count() == 1


def test_a_connection_lost_at_ninety_percent_goes_on_where_it_stopped(
    cast: Cast, editor: Client, monkeypatch: Any
) -> None:
    data = drawn((1500, 1200))
    address = begin(editor, len(data))["Location"]
    cut = len(data) * 9 // 10
    from django.core.handlers.wsgi import WSGIRequest
    from django.http.request import UnreadablePostError

    left = [cut]

    def cable(request: Any, size: int = -1) -> bytes:
        if not left[0]:
            raise UnreadablePostError("cut")
        taken = min(size, left[0])
        left[0] -= taken
        return bytes(request._stream.read(taken))

    with monkeypatch.context() as patched:
        patched.setattr(WSGIRequest, "read", cable)
        patch(editor, address, 0, data)
    assert head(editor, address)["Upload-Offset"] == str(cut)
    assert patch(editor, address, cut, data[cut:]).status_code == 204
    with enter(cast.aubin.schema_name):
        assert Asset.objects.get().width == 1500


def test_a_part_that_does_not_follow_is_refused(editor: Client) -> None:
    address = begin(editor, 100)["Location"]
    assert patch(editor, address, 10, b"1").status_code == 409
    patch(editor, address, 0, b"1" * 10)
    assert patch(editor, address, 0, b"2" * 10).status_code == 409
    assert head(editor, address)["Upload-Offset"] == "10"


def test_more_than_was_announced_is_refused(editor: Client) -> None:
    address = begin(editor, 10)["Location"]
    assert patch(editor, address, 0, b"1" * 11).status_code == 413
    assert patch(editor, address, 0, bytes(uploads.PART + 1)).status_code == 413
    assert head(editor, address)["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"tus-resumable": "0.2.2"}, 412), ({"upload-length": "-1"}, 400), ({"upload-length": "beaucoup"}, 400),
     ({"upload-length": "9" * 40}, 400), ({"upload-length": "0"}, 422), ({"upload-length": str(10**12)}, 422),
     ({"upload-metadata": "filename pas-du-base64,,= =,kinds ///"}, 201)],
)  # fmt: skip
def test_what_is_announced_badly_has_its_status(editor: Client, headers: dict[str, str], status: int) -> None:
    assert begin(editor, 10, **headers).status_code == status


def test_a_hostile_file_is_refused_with_its_sentence_and_nothing_stays(
    cast: Cast, editor: Client, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    data = b"<html><script>alert(1)</script></html>"
    address = begin(editor, len(data))["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = patch(editor, address, 0, data)
    assert answer.status_code == 422
    assert "pas une image" in answer.content.decode()
    assert editor.get(address).status_code == 422
    assert stored(media_root) == []
    with enter(cast.aubin.schema_name):
        assert not Asset.objects.exists()
        assert usage().used == 0


def test_who_waits_no_more_takes_it_back(
    cast: Cast, editor: Client, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    address = begin(editor, 100)["Location"]
    patch(editor, address, 0, b"1" * 10)
    assert stored(media_root)
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.delete(address, headers=TUS).status_code == 204
    assert head(editor, address).status_code == 404
    assert stored(media_root) == []


def test_what_does_not_arrive_in_a_day_goes(
    cast: Cast, editor: Client, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    address = begin(editor, 100)["Location"]
    patch(editor, address, 0, b"1" * 10)
    with time_machine.travel(timezone.now() + timedelta(hours=25)), enter(cast.aubin.schema_name):
        with django_capture_on_commit_callbacks(execute=True):
            sweep()
        assert not Upload.objects.exists()
    assert stored(media_root) == []


def test_parts_stored_are_what_the_row_says_even_when_the_store_fails(
    cast: Cast, editor: Client, monkeypatch: Any
) -> None:
    address = begin(editor, 100)["Location"]
    patch(editor, address, 0, b"1" * 10)

    def full(*_arguments: Any, **_more: Any) -> Any:
        raise OSError("no space left")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="no space"):
        patched.setattr(default_storage, "save", full)
        patch(editor, address, 10, b"2" * 10)
    assert head(editor, address)["Upload-Offset"] == "10"
    assert patch(editor, address, 10, b"3" * 10)["Upload-Offset"] == "20"


def test_a_person_sends_so_many_files_at_once_and_no_more(editor: Client) -> None:
    assert [begin(editor, 10).status_code for _ in range(uploads.MOST_AT_ONCE + 1)][-2:] == [201, 422]


def test_what_is_on_its_way_counts(cast: Cast, editor: Client, settings: Any) -> None:
    settings.MEDIA_QUOTA_BYTES = 1000
    assert begin(editor, 900).status_code == 201
    refused = begin(editor, 200)
    assert refused.status_code == 422
    assert "Il n’y a plus assez de place" in refused.content.decode()


def test_the_server_says_what_it_speaks(editor: Client) -> None:
    answer = editor.options(PATH)
    assert (answer.status_code, answer["Tus-Version"]) == (204, "1.0.0")
    assert answer["Tus-Extension"] == "creation,expiration,termination"
