"""The mairie sees how much room its files take."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from core.media.actions import keep
from core.media.tests import documents
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from tests.cast import Cast

Of = Callable[..., Client]
PAGE = "/mairie/reglages/fichiers/"


def read(client: Client) -> str:
    return client.get(PAGE).content.decode().replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_what_is_kept_is_told_by_kind(cast: Cast, client_of: Of, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    administrator = client_of(cast.aubin.administrator)
    assert "Aucun fichier" in read(administrator)
    with enter(cast.aubin.schema_name):
        for data, name in ((drawn(), "a.jpg"), (drawn(), "b.jpg"), (documents.pdf(), "c.pdf")):
            keep(upload(data, name), author=None)
    html = read(administrator)
    assert "<dt>Images</dt><dd>2 fichiers, " in html
    assert "<dt>Documents</dt><dd>1 fichier, " in html
    assert "Vidéos</dt>" not in html
    assert "sur 5 Go" in html


def test_who_is_nearly_out_of_room_is_told(cast: Cast, client_of: Of, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    administrator = client_of(cast.aubin.administrator)
    with enter(cast.aubin.schema_name):
        asset = keep(upload(drawn(), "a.jpg"), author=None)
    assert "presque plus de place" not in read(administrator)
    settings.MEDIA_QUOTA_BYTES = asset.stored_bytes + 1
    assert "presque plus de place" in read(administrator)


def test_the_room_is_for_whoever_keeps_the_settings(cast: Cast, client_of: Of) -> None:
    assert client_of(cast.aubin.editor).get(PAGE).status_code in {403, 404}
    assert client_of(cast.aubin.resident).get(PAGE).status_code in {403, 404}
