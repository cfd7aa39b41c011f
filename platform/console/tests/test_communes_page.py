"""Finding communes, and reading one."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from console.tests.conftest import asked_for
from core.audit.actions import record
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from modules.news.models import NewsItem
from tenants.models import Commune, Mandate, MandateMessage, Signup, Space, Suspension
from tests.cast import Cast


def names(console: Client, **query: str) -> list[str]:
    return [commune.name for commune in console.get("/", query).context["page"]]


def test_a_commune_is_found_by_name_postal_code_departement_and_state(cast: Cast, console: Client) -> None:
    assert names(console, q="bellevil") == ["Belleville"]
    assert names(console, q="23100") == ["Calme"]
    assert names(console, dep="08") == ["Doux"]
    assert names(console, etat="unopened") == ["Calme"]
    assert names(console, etat="pending") == ["Doux"]
    assert sorted(names(console, etat="active")) == ["Belleville", "Saint-Aubin"]
    assert names(console, etat="suspended") == []
    assert names(console, q="doux", etat="active") == []
    assert names(console, q="doux", dep="08", etat="pending") == ["Doux"]


def test_the_spaces_opened_last_come_first(cast: Cast, console: Client) -> None:
    assert names(console) == ["Doux", "Belleville", "Saint-Aubin", "Calme"]


def test_each_state_says_how_many_answer(cast: Cast, console: Client) -> None:
    def counts(**query: str) -> list[int]:
        return [each["count"] for each in console.get("/", query).context["filters"]]

    assert counts() == [4, 1, 2, 0, 0, 1]
    assert counts(etat="active") == [4, 1, 2, 0, 0, 1]
    assert counts(q="doux") == [1, 1, 0, 0, 0, 0]
    assert counts(dep="23") == [1, 0, 0, 0, 0, 1]


def test_a_row_says_its_modules_and_when_it_opened(cast: Cast, console: Client) -> None:
    rows = {commune.name: commune for commune in console.get("/").context["page"]}
    assert (rows["Saint-Aubin"].modules, rows["Calme"].modules) == (len(settings.CATALOGUE.slugs), 0)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\0"},
        {"q": "'; drop table tenants_space; --"},
        {"q": "%_\\"},
        {"q": "é" * 500},
        {"dep": "99"},
        {"dep": "\0"},
        {"etat": "<script>"},
        {"page": "-1"},
        {"page": "99999999999999999999"},
        {"page": "deux"},
    ],
)
def test_whatever_is_asked_is_answered(cast: Cast, console: Client, query: dict[str, str]) -> None:
    assert console.get("/", query).status_code == 200
    journal = {"acte": query.get("dep", ""), "commune": query.get("q", ""), "page": query.get("page", "1")}
    assert console.get("/journal/", journal).status_code == 200
    assert console.get("/mandats/", query).status_code == 200


def test_the_next_page_keeps_what_was_asked(cast: Cast, console: Client) -> None:
    Commune.objects.bulk_create(
        Commune(insee=f"230{n:02}", name=f"Val {n}", folded=f"val {n}", sort_key=f"val {n}", slug=f"val-{n}",
                departement="23", region="75") for n in range(40, 99)
    )  # fmt: skip
    page = console.get("/", {"q": "val", "dep": "23"})
    assert 'href="?q=val&amp;dep=23&amp;page=2"' in page.content.decode()
    assert len(console.get("/", {"q": "val", "dep": "23", "page": "2"}).context["page"]) == 9


def test_what_waits_comes_first_and_is_counted_in_the_menu(cast: Cast, mandate: Mandate, console: Client) -> None:
    older = asked_for(cast.aubin, hours_ago=50)
    page = console.get("/")
    text = page.content.decode()
    assert "2 mandats attendent" in text
    assert text.index(str(older.pk)) < text.index(str(mandate.pk)) < text.index("Nom ou code postal")
    assert [link.badge for link in page.context["console_nav"]] == [0, 2, 0, 0, 0]
    assert "mandats attendent" not in console.get("/", {"q": "doux"}).content.decode()


def test_a_communes_page_shows_the_directory_its_modules_and_what_it_holds(
    cast: Cast, mandate: Mandate, console: Client
) -> None:
    with enter(cast.doux.schema_name):
        NewsItem.objects.create(title="Secrète", summary="Texte")
    text = console.get(f"/communes/{cast.doux.insee}/").content.decode()
    for fact in ("08100", "210000006", "CC du Beffroi", "mairie@doux.example", "Camille Dumont", "1 actualité"):
        assert fact in text
    assert text.count("· cast") == len(settings.CATALOGUE.slugs)
    assert "Secrète" not in text
    assert "suspendre/" not in text


def test_a_commune_without_a_space_has_a_page_without_acts(cast: Cast, console: Client) -> None:
    text = console.get(f"/communes/{cast.calme_insee}/").content.decode()
    assert "non ouverte" in text
    assert "suspendre/" not in text
    assert "reactiver/" not in text


def test_pages_cost_the_same_however_much_they_show(cast: Cast, mandate: Mandate, console: Client) -> None:
    def costs() -> list[int]:
        found = []
        for address in ("/", "/mandats/", f"/mandats/{mandate.pk}/", f"/communes/{cast.doux.insee}/", "/journal/"):
            with CaptureQueriesContext(connection) as captured:
                assert console.get(address).status_code == 200
            found.append(len(captured))
        return found

    grow(cast, mandate, range(1))
    costs()
    before = costs()
    grow(cast, mandate, range(1, 30))
    after = costs()
    print(f"statements: {before}")  # noqa: T201
    assert after == before


def grow(cast: Cast, mandate: Mandate, numbers: range) -> None:
    """More of everything that a page of the console lists."""
    for number in numbers:
        commune = Commune.objects.create(
            insee=f"230{number:02}", name=f"Val {number}", folded="val", sort_key="val", slug=f"val-{number}",
            departement="23", region="75",
        )  # fmt: skip
        Space.objects.create(schema_name=f"c230{number:02}", commune=commune)
        for email in (mandate.signup.email, f"x{number}@doux.example"):
            for place in (commune, mandate.signup.commune):
                signup = Signup.objects.create(commune=place, name="N", email=email, completed_at=mandate.asked_at)
                Mandate.objects.create(signup=signup)
        MandateMessage.objects.create(mandate=mandate, side="mairie", author="a", text="b")
        Suspension.objects.create(space=cast.doux.space, reason="r", author="a", lifted_at=mandate.asked_at)
        with entered(OPERATOR):
            record("tenants.suspended", target="Doux (08)", insee=cast.doux.insee)
        with enter(cast.doux.schema_name):
            NewsItem.objects.create(title="T", summary="S")
