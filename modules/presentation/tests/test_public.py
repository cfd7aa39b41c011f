import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.models import CommunePage, UsefulLink
from modules.presentation.tests.facts import facts
from tenants.models import Commune, CommuneContour
from tenants.switches import switch_off
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
PAGE = "/commune/"
HOSTILE = "<script>alert(1)</script> & «\"'»"


def html(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def filled(place: Place, links: int = 0, **values: Any) -> None:
    with enter(place.schema_name):
        hooks.opened(facts())
        CommunePage.objects.update(**values)
        page = CommunePage.objects.get()
        UsefulLink.objects.bulk_create(
            UsefulLink(page=page, place=place, label=f"Lien {place}", url=f"https://exemple.fr/{place}")
            for place in range(links)
        )


def test_the_page_is_gone_with_its_module(cast: Cast, client_of: Of) -> None:
    switch_off(cast.aubin.space, "presentation", author="test")
    administrator = client_of(cast.aubin.administrator)
    for address in (PAGE, "/mairie/commune/", "/api/v1/commune/"):
        assert administrator.get(address).status_code == 404
    assert "/commune/" not in html(administrator, "/")


def test_before_any_word_of_the_mairie_the_page_says_what_the_directory_knows(cast: Cast, client_on: On) -> None:
    page = html(client_on(cast.aubin.host))
    for words in ("Saint-Aubin est une commune", "1\u202f200", "Somme", "80100", "12013", "<path d="):
        assert words in page
    assert "communauté de communes du Beffroi" in page
    assert "Communauté de communes du Beffroi" in page
    assert "Mise à jour" not in page
    with enter(cast.aubin.schema_name):
        assert not CommunePage.objects.exists()


def test_what_the_directory_does_not_know_leaves_no_hole(cast: Cast, client_on: On) -> None:
    CommuneContour.objects.filter(commune=cast.aubin.insee).delete()
    Commune.objects.filter(pk=cast.aubin.insee).update(population=None, epci_name="", postal_codes=[])
    page = html(client_on(cast.aubin.host))
    for words in ("Population", "Intercommunalité", "Code postal", "Contour", "None", "habitants"):
        assert words not in page


def test_what_the_mairie_wrote_is_read(cast: Cast, client_on: On) -> None:
    filled(
        cast.aubin,
        links=2,
        introduction="Un village.",
        history="En 1200.\n\nPuis en 1300.",
        address="1 place\nde l’Église",
        phone="04 92 00 00 00",
        email="mairie@exemple.fr",
        opening_hours="Lundi : 9 h à 12 h\nJeudi : 14 h à 17 h",
    )
    page = html(client_on(cast.aubin.host))
    for words in (
        "<p>Un village.</p>", "<p>Puis en 1300.</p>", "1 place<br>de l’Église", 'href="tel:0492000000"',
        'href="mailto:mairie@exemple.fr"', "Jeudi : 14\u00a0h à 17\u00a0h", 'href="https://exemple.fr/1"',
        "Mise à jour :",
    ):  # fmt: skip
        assert words in page


def test_empty_parts_are_not_announced(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, phone="", email="")
    page = html(client_on(cast.aubin.host))
    for title in ("La mairie</h2>", "Histoire", "Liens utiles", "Horaires"):
        assert title not in page


def test_what_was_typed_as_html_is_read_as_typed(cast: Cast, client_on: On) -> None:
    values = dict.fromkeys(("title", "introduction", "history", "address", "opening_hours"), HOSTILE)
    filled(cast.aubin, phone="04", **values)
    for address in (PAGE, "/"):
        page = html(client_on(cast.aubin.host), address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_home_says_where_and_when_to_find_the_mairie(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, opening_hours="Jeudi : 14 h à 17 h", phone="04 92 00 00 00", address="1 place de l’Église")
    home = html(client_on(cast.aubin.host), "/")
    for words in ("Jeudi : 14\u00a0h à 17\u00a0h", 'href="tel:0492000000"', "1 place de l’Église"):
        assert words in home


def test_the_home_says_nothing_of_a_mairie_nothing_is_known_of(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, phone="", email="")
    assert "Découvrir la commune" not in html(client_on(cast.aubin.host), "/")


def test_one_communes_page_is_not_anothers(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, introduction="Un secret d’Aubin.")
    assert "Un secret d’Aubin." not in html(client_on(cast.belleville.host))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_read(cast: Cast, client_of: Of, method: str) -> None:
    assert getattr(client_of(cast.aubin.administrator), method)(PAGE).status_code == 405


@pytest.mark.parametrize("address", [PAGE, "/api/v1/commune/"])
def test_the_page_costs_the_same_however_full_it_is(cast: Cast, client_on: On, address: str) -> None:
    counts = []
    for links in (1, 12):
        with enter(cast.aubin.schema_name):
            UsefulLink.objects.all().delete()
        filled(cast.aubin, links=links, history="Long.\n\n" * 200)
        client = client_on(cast.aubin.host)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8


def test_a_program_reads_the_facts_and_the_words(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, links=2, introduction=HOSTILE)
    read = client_on(cast.aubin.host).get("/api/v1/commune/").json()
    assert (read["insee"], read["population"], read["introduction"]) == (cast.aubin.insee, 1200, HOSTILE)
    assert read["links"][1] == {"label": "Lien 1", "url": "https://exemple.fr/1"}


def test_a_program_reads_the_facts_before_any_word(cast: Cast, client_on: On) -> None:
    read = client_on(cast.aubin.host).get("/api/v1/commune/").json()
    assert (read["updated_at"], read["links"]) == (None, [])


def test_a_program_does_not_write_the_page(cast: Cast, client_of: Of) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client_of(cast.aubin.administrator), method)("/api/v1/commune/")
        assert answer.status_code in {403, 405}


def test_the_page_holds_in_three_hundred_nodes(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, links=12, opening_hours="Jour\n" * 7, history="Un.\n\n" * 10)
    assert len(re.findall(r"<[a-z]", html(client_on(cast.aubin.host)))) <= 300
