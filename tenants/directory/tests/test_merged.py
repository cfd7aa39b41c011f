"""A new edition of the directory, where communes were merged: no space loses its commune or its address."""

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from core.tenancy.context import enter
from tenants.directory.load import load
from tenants.models import Commune, OpeningWatch, Space
from tests.cast import COMMUNES, Cast

HEAD = [
    "code_insee",
    "name",
    "departement",
    "region",
    "population",
    "siren",
    "postal_codes",
    "epci_siren",
    "epci_name",
    "latitude",
    "longitude",
]
On = Callable[[str], Client]


@pytest.fixture
def edition(tmp_path: Path) -> Callable[..., None]:
    """Loads an edition that has these communes: INSEE code, name, département."""

    def of(*rows: tuple[str, str, str]) -> None:
        with gzip.open(tmp_path / "communes.csv.gz", "wt", newline="") as file:
            writer = csv.DictWriter(file, HEAD, restval="")
            writer.writeheader()
            writer.writerows({"code_insee": i, "name": n, "departement": d, "region": "84"} for i, n, d in rows)
        with gzip.open(tmp_path / "contours.csv.gz", "wt") as file:
            file.write("code_insee,contour_polyline4\n")
        load(tmp_path / "communes.csv.gz", tmp_path / "contours.csv.gz")
        with connection.cursor() as cursor:
            cursor.execute("drop table pg_temp.incoming, pg_temp.outlines")  # the next load is of this transaction too

    return of


def without(*slugs: str) -> list[tuple[str, str, str]]:
    return [row for slug, row in COMMUNES.items() if slug not in slugs]


def test_a_space_outlives_its_commune_in_the_directory(cast: Cast, edition: Callable[..., None], client_on: On) -> None:
    edition(*without("aubin"))
    assert client_on(cast.aubin.host).get("/").status_code == 200
    assert Space.objects.get(schema_name=cast.aubin.schema_name).commune_id == cast.aubin.insee
    with enter(cast.aubin.schema_name):
        pass


def test_a_commune_that_nothing_points_at_goes(cast: Cast, edition: Callable[..., None]) -> None:
    edition(*without("calme"))
    assert not Commune.objects.filter(pk=cast.calme_insee).exists()


def test_a_commune_that_somebody_waits_for_stays(cast: Cast, edition: Callable[..., None]) -> None:
    OpeningWatch.objects.create(commune_id=cast.calme_insee, email="a@exemple.fr", token_hash="x")
    edition(*without("calme"))
    assert Commune.objects.get(pk=cast.calme_insee).slug == "calme"


def test_who_has_a_space_keeps_its_address_from_newcomers_of_its_name(
    cast: Cast, edition: Callable[..., None], client_on: On
) -> None:
    edition(*COMMUNES.values(), ("49999", "Belleville", "49"), ("08999", "Doux", "08"))
    slugs = dict(Commune.objects.values_list("insee", "slug"))
    assert (slugs["69019"], slugs["49999"]) == ("belleville", "belleville-49")
    assert (slugs["08147"], slugs["08999"]) == ("doux", "doux-08")
    assert client_on(cast.belleville.host).get("/").status_code == 200


def test_a_newcomer_never_takes_the_name_that_a_mairie_chose(
    cast: Cast, edition: Callable[..., None], client_on: On
) -> None:
    Space.objects.filter(schema_name=cast.aubin.schema_name).update(custom_name="val-fleuri")
    edition(*COMMUNES.values(), ("80999", "Val-Fleuri", "80"))
    assert Commune.objects.get(pk="80999").slug == "val-fleuri-80"
    assert client_on("val-fleuri.beffroi.test").get("/").status_code == 200


def test_a_merged_commune_leaves_its_name_to_nobody_while_it_has_a_space(
    cast: Cast, edition: Callable[..., None]
) -> None:
    edition(*without("aubin"), ("80888", "Aubin", "80"))
    assert Commune.objects.get(pk=cast.aubin.insee).slug == "aubin"
    assert Commune.objects.get(pk="80888").slug == "aubin-80"
