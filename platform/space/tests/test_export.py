"""An administrator asks for all that the commune wrote, follows it and downloads it, whatever state the space is in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from core.tenancy.context import enter
from tenants import lifecycle
from tenants.leaving.asking import tell_percent
from tenants.leaving.keeping import work
from tenants.models import Export, Space
from tests.cast import Cast, Place

Of = Callable[..., Client]
PAGE = "/mairie/export/"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def made(place: Place, browser: Client) -> Export:
    assert browser.post(PAGE)["Location"] == PAGE
    with enter(place.schema_name):
        work()
    return Export.objects.get(space=place.space)


def test_nobody_but_an_administrator_of_the_commune_downloads(cast: Cast, administrator: Client, client_of: Of) -> None:
    export = made(cast.aubin, administrator)
    address = f"{PAGE}{export.pk}/"
    assert client_of(cast.aubin.editor).get(address).status_code == 403
    assert client_of(cast.aubin.resident).get(address).status_code == 403
    assert client_of(cast.belleville.administrator).get(address).status_code == 404, "nor one of another commune"
    for browser in (Client(headers={"host": cast.aubin.host, "x-forwarded-proto": "https"}),):
        assert browser.get(address)["Location"].startswith("/connexion/")


def test_it_is_a_download_that_nothing_keeps_or_runs(cast: Cast, administrator: Client) -> None:
    export = made(cast.aubin, administrator)
    answer = administrator.get(f"{PAGE}{export.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == f'attachment; filename="beffroi-aubin-{export.ready_at:%Y-%m-%d}.zip"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    data = answer.getvalue()
    assert len(data) == export.bytes
    part = administrator.get(f"{PAGE}{export.pk}/", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.getvalue()) == (206, data[10:20]), "a download that was cut goes on"


def test_the_page_says_how_far_it_is_then_what_there_is(cast: Cast, administrator: Client) -> None:
    assert "Préparer l’export" in administrator.get(PAGE).content.decode()
    administrator.post(PAGE)
    tell_percent_of_the_one(cast, 40)
    page = administrator.get(PAGE).content.decode()
    assert 'value="40"' in page
    assert "Préparer l’export" not in page, "one is being made"
    assert "HX-Refresh" not in administrator.get(f"{PAGE}suite/").headers
    with enter(cast.aubin.schema_name):
        work()
    assert administrator.get(f"{PAGE}suite/")["HX-Refresh"] == "true"
    page = administrator.get(PAGE).content.decode()
    export = Export.objects.get()
    assert f'href="{PAGE}{export.pk}/"' in page
    assert export.sha256 in page
    assert "Administrator" in page


def tell_percent_of_the_one(cast: Cast, percent: int) -> None:
    with enter(cast.aubin.schema_name):
        tell_percent(Export.objects.get(), percent)


def test_what_was_done_is_in_the_journal(cast: Cast, administrator: Client) -> None:
    export = made(cast.aubin, administrator)
    administrator.get(f"{PAGE}{export.pk}/").getvalue()
    for page in (PAGE, "/mairie/journal/"):
        told = administrator.get(page).content.decode()
        for act in ("a demandé l’export", "a préparé l’export", "a téléchargé l’export"):
            assert act in told, page


def test_a_suspended_commune_leaves_with_all_that_it_wrote(cast: Cast, administrator: Client) -> None:
    lifecycle.suspend(space=cast.aubin.space, reason="Facture impayée", author="operator@beffroi.test")
    export = made(cast.aubin, administrator)
    answer = administrator.get(f"{PAGE}{export.pk}/")
    assert answer.status_code == 200
    assert len(answer.getvalue()) == export.bytes


def test_a_commune_whose_space_may_only_be_read_leaves_too(cast: Cast, administrator: Client) -> None:
    Space.objects.filter(schema_name=cast.aubin.schema_name).update(state=Space.State.READ_ONLY)
    cast.aubin.space.changed()
    assert administrator.post("/mairie/habitants/inviter/", {"email": "a@exemple.fr"}).status_code == 403
    export = made(cast.aubin, administrator)
    assert len(administrator.get(f"{PAGE}{export.pk}/").getvalue()) == export.bytes


def test_a_commune_that_waits_for_its_mandate_may_leave_too(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.doux.administrator)
    assert browser.get(f"{PAGE}{made(cast.doux, browser).pk}/").getvalue()


def test_one_that_is_lost_or_over_is_not_found(cast: Cast, administrator: Client, files: Path) -> None:
    export = made(cast.aubin, administrator)
    (files / export.name).write_bytes(b"cut")
    assert administrator.get(f"{PAGE}{export.pk}/").status_code == 404


def test_settings_lead_to_it(administrator: Client) -> None:
    assert f'href="{PAGE}"' in administrator.get("/mairie/reglages/").content.decode()
