"""A secretary draws areas and takes in addresses; everybody else is refused."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.audit.models import Entry
from core.tenancy.context import enter
from core.territory.models import Address, Area
from core.territory.tests.files import ban, line
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
OUTLINE = "44.99, 3.99\n44.99 4.01\n45,01 ; 4,01\n\n45.01,3.99"
TYPED = {"name": "Les Combes", "kind": "hamlet", "outline": OUTLINE}
NEW = "/mairie/territoire/zones/nouvelle/"
IMPORT = "/mairie/territoire/adresses/importer/"


@pytest.mark.parametrize("path", ["/mairie/territoire/", NEW, "/mairie/territoire/adresses/", IMPORT])
def test_the_territory_is_closed_to_whoever_does_not_run_the_mairie(
    cast: Cast, client_on: On, client_of: Of, path: str
) -> None:
    assert client_on(cast.aubin.host).get(path).status_code == 302
    assert client_of(cast.aubin.resident).get(path).status_code == 403
    assert client_of(cast.belleville.administrator, cast.aubin.host).get(path).status_code == 302
    assert client_of(cast.aubin.administrator).get(path).status_code == 200


def test_an_area_is_typed_point_by_point_and_drawn_without_script(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    assert browser.post(NEW, TYPED).status_code == 302
    page = browser.get("/mairie/territoire/").content.decode()
    assert "<title>Les Combes</title>" in page
    assert page.count("data-zone") == 1
    assert "dépasse" not in page
    with enter(cast.aubin.schema_name):
        area = Area.objects.get()
    assert area.polygon[0][0] == area.polygon[0][-1] == [44.99, 3.99]
    again = browser.get(f"/mairie/territoire/zones/{area.pk}/").content.decode()
    assert "44.990000, 3.990000\n44.990000, 4.010000" in again
    assert browser.post(f"/mairie/territoire/zones/{area.pk}/", {**TYPED, "name": "Combes"}).status_code == 302
    assert browser.post(f"/mairie/territoire/zones/{area.pk}/fermer/").status_code == 302
    assert browser.get(f"/mairie/territoire/zones/{area.pk}/").status_code == 404
    assert browser.post(f"/mairie/territoire/zones/{area.pk}/fermer/").status_code == 302
    with enter(cast.aubin.schema_name):
        assert Entry.objects.filter(verb="territory.area_closed").count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Nom de la zone"),
        ({"name": "x" * 81}, "80"),
        ({"kind": "county"}, "C’est un…"),
        ({"outline": ""}, "Contour"),
        ({"outline": "45, 4\nici\n45"}, "Ligne 2 : « ici » n’est pas « latitude, longitude »."),
        ({"outline": "45, 4\n45.1, 4\n"}, "au moins trois points"),
        ({"outline": "44.99, 3.99\n45.01, 4.01\n44.99, 4.01\n45.01, 3.99"}, "se croise"),
        ({"outline": "95, 4\n45.1, 4\n45, 4.1"}, "latitude va de −90 à 90"),
        ({"outline": "nan, 4\n45.1, 4\n45, 4.1"}, "latitude va de −90 à 90"),
        ({"outline": "45, 4\n45.1, 4\n45.2, 4"}, "alignés"),
        ({"outline": "\n".join(f"{45 + i / 1e4}, {4 + i * i / 1e8}" for i in range(502))}, "500 points au plus"),
        ({"outline": "45, 4\n" * 9000}, "40"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(
    cast: Cast, client_of: Of, typed: dict[str, str], sentence: str
) -> None:
    answer = client_of(cast.aubin.administrator).post(NEW, {**TYPED, "name": "<b>&", **typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "name" in typed or "&lt;b&gt;&amp;" in page
    with enter(cast.aubin.schema_name):
        assert not Area.objects.exists()


def test_an_area_outside_the_commune_is_kept_with_a_warning(cast: Cast, client_of: Of) -> None:
    typed = {**TYPED, "outline": "48, 2\n48, 2.1\n48.1, 2.1"}
    page = client_of(cast.aubin.administrator).post(NEW, typed, follow=True).content.decode()
    assert "Cette zone dépasse de la commune" in page
    assert "est enregistrée" in page


def test_a_commune_without_contour_says_so(cast: Cast, client_of: Of) -> None:
    apps.get_model("tenants", "CommuneContour").objects.all().delete()
    browser = client_of(cast.aubin.administrator)
    assert "n’est pas connu" in browser.get("/mairie/territoire/").content.decode()
    assert browser.post(NEW, TYPED).status_code == 302
    assert "<title>Les Combes</title>" in browser.get("/mairie/territoire/").content.decode()


def test_addresses_are_imported_and_found(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    browser.post(NEW, TYPED)
    sent = SimpleUploadedFile("adresses-12.csv", ban(line(3), line(4), line(1, insee="12014")).read())
    page = browser.post(IMPORT, {"file": sent}, follow=True).content.decode()
    assert "2 gardées" in page
    assert "laissées de côté (autres communes, doublons) : 1" in page
    assert "Rue des Lilas" in page
    assert "adresses-12.csv" in page
    found = browser.get("/mairie/territoire/adresses/", {"q": "3 lilas"}).content.decode()
    assert "3 Rue des Lilas" in found
    assert "Les Combes" in found
    assert "4 Rue" not in found
    assert browser.get("/mairie/territoire/adresses/", {"q": "%00\0", "page": "-9"}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (None, "Fichier des adresses"),
        (b"", "Ce fichier est vide."),
        (b"\0", "pas un fichier CSV"),
        (ban(line("x"), line("y")).getvalue(), "Ligne 3 : « y » n’est pas un numéro."),
    ],
)
def test_a_wrong_file_is_said_at_its_field(cast: Cast, client_of: Of, sent: bytes | None, sentence: str) -> None:
    posted = {} if sent is None else {"file": SimpleUploadedFile("a.csv", sent)}
    answer = client_of(cast.aubin.administrator).post(IMPORT, posted)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with enter(cast.aubin.schema_name):
        assert not Address.objects.exists()


def test_a_file_too_large_is_refused(cast: Cast, client_of: Of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.territory.forms.LARGEST_FILE", 10)
    posted = {"file": SimpleUploadedFile("a.csv", ban(line()).read())}
    assert "dépasse 30 Mo" in client_of(cast.aubin.administrator).post(IMPORT, posted).content.decode()


@pytest.mark.parametrize(
    "path", ["/mairie/territoire/", "/mairie/territoire/adresses/", "/mairie/territoire/adresses/?q=rue"]
)
def test_the_pages_cost_the_same_for_one_area_and_for_ten(cast: Cast, client_of: Of, path: str) -> None:
    browser = client_of(cast.aubin.administrator)
    counts = []
    browser.get(path)
    for first, last in ((0, 1), (1, 10)):
        with enter(cast.aubin.schema_name):
            for number in range(first, last):
                area = Area.objects.create(
                    name=f"zone {number}", kind="sector", south=45, west=4, north=45.01, east=4.01, author="cast",
                    polygon=[[[45, 4], [45, 4.01], [45.01, 4.01], [45, 4]]],
                )  # fmt: skip
                Address.objects.create(
                    ban_id=number, number=number, street="Rue", folded=f" {number} rue ", area=area,
                    latitude=45, longitude=4,
                )  # fmt: skip
        with CaptureQueriesContext(connection) as statements:
            assert browser.get(path).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
