"""The mairie sees how much room its files take."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.audit.models import Entry
from core.media.actions import describe, keep
from core.media.models import Asset, Consent
from core.media.tests import documents
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from modules.news.tests.writing import published
from tests.cast import Cast

Of = Callable[..., Client]
PAGE = "/mairie/reglages/fichiers/"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def read(client: Client) -> str:
    return client.get(PAGE).content.decode().replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_what_is_kept_is_told_by_kind(cast: Cast, client_of: Of) -> None:
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


def test_who_is_nearly_out_of_room_is_told(cast: Cast, client_of: Of, settings: Any) -> None:
    administrator = client_of(cast.aubin.administrator)
    with enter(cast.aubin.schema_name):
        asset = keep(upload(drawn(), "a.jpg"), author=None)
    assert "presque plus de place" not in read(administrator)
    settings.MEDIA_QUOTA_BYTES = asset.stored_bytes + 1
    assert "presque plus de place" in read(administrator)


def agreed(cast: Cast, until: date) -> Asset:
    with enter(cast.aubin.schema_name):
        picture = keep(upload(drawn(), "a.jpg"), author=None)
        return describe(picture, alt="Des enfants au lac", consent=Consent.WRITTEN, consent_until=until)


@pytest.mark.parametrize(("days", "told"), [(-1, "Terminé"), (29, "Accord jusqu’au"), (31, "")])
def test_agreements_that_end_are_told_in_time(days: int, told: str, cast: Cast, client_of: Of) -> None:
    agreed(cast, timezone.localdate() + timedelta(days=days))
    administrator = client_of(cast.aubin.administrator)
    assert ("Accords qui se terminent" in read(administrator)) == bool(told)
    assert told in read(administrator)
    assert ("1 photo dont l’accord se termine" in administrator.get("/mairie/").content.decode()) == bool(told)


def test_a_file_is_erased_from_all_that_shows_it_once_confirmed(cast: Cast, client_of: Of) -> None:
    picture = agreed(cast, timezone.localdate())
    item = published(cast.aubin, attachments=(picture,))
    page, address = f"/actualites/{item.pk}/", f"{PAGE}{picture.pk}/effacer/"
    for person in (cast.aubin.resident, cast.aubin.editor):
        assert client_of(person).post(address).status_code in {403, 404}
    administrator = client_of(cast.aubin.administrator)
    assert "On ne peut pas revenir en arrière" in administrator.get(address).content.decode()
    assert "Des enfants au lac" in administrator.get(page).content.decode()
    assert administrator.post(address)["Location"] == PAGE
    assert "Des enfants au lac" not in administrator.get(page).content.decode()
    versions = f"/mairie/actualites/{item.pk}/versions/"
    assert administrator.get(versions).status_code == 200
    assert administrator.post(address)["Location"] == PAGE
    assert administrator.get(address).status_code == 404
    with enter(cast.aubin.schema_name):
        assert Entry.objects.get(verb="media.erased").author == cast.aubin.administrator.email
        assert not Asset.objects.exists()


def test_the_room_is_for_whoever_keeps_the_settings(cast: Cast, client_of: Of) -> None:
    assert client_of(cast.aubin.editor).get(PAGE).status_code in {403, 404}
    assert client_of(cast.aubin.resident).get(PAGE).status_code in {403, 404}
