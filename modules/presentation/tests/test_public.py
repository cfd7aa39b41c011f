from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.actions.pages import written
from modules.presentation.models import Block, Page, PageVersion
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


def filled(place: Place, body: str = "", **values: Any) -> None:
    with enter(place.schema_name):
        hooks.opened(facts())
        PageVersion.objects.update(**values)
        if body:
            Block.objects.update(data=written(body))


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
        assert not Page.objects.exists()


def test_what_the_directory_does_not_know_leaves_no_hole(cast: Cast, client_on: On) -> None:
    CommuneContour.objects.filter(commune=cast.aubin.insee).delete()
    Commune.objects.filter(pk=cast.aubin.insee).update(population=None, epci_name="", postal_codes=[])
    page = html(client_on(cast.aubin.host))
    for words in ("Population", "Intercommunalité", "Code postal", "Contour", "None", "habitants"):
        assert words not in page


def test_what_the_mairie_wrote_is_read(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, "Un village.\n\nPuis en 1300.", summary="Depuis 1200.")
    page = html(client_on(cast.aubin.host))
    for words in (
        "<p>Un village.</p>",
        "<p>Puis en 1300.</p>",
        "Depuis 1200.",
        'href="tel:0400000000"',
        "Mise à jour\u00a0:",
    ):
        assert words in page


def test_empty_parts_are_not_announced(cast: Cast, client_on: On) -> None:
    filled(cast.aubin)
    page = html(client_on(cast.aubin.host))
    for title in ("Histoire", "Liens utiles", "Horaires", "Vie pratique", "L’équipe municipale"):
        assert title not in page


def test_what_was_typed_as_html_is_read_as_typed(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, HOSTILE, title=HOSTILE, summary=HOSTILE)
    page = html(client_on(cast.aubin.host))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_one_communes_page_is_not_anothers(cast: Cast, client_on: On) -> None:
    filled(cast.aubin, "Un secret d’Aubin.")
    assert "Un secret d’Aubin." not in html(client_on(cast.belleville.host))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_read(cast: Cast, client_of: Of, method: str) -> None:
    assert getattr(client_of(cast.aubin.administrator), method)(PAGE).status_code == 405


def test_a_program_reads_the_facts_before_any_word(cast: Cast, client_on: On) -> None:
    read = client_on(cast.aubin.host).get("/api/v1/commune/").json()
    assert (read["published_at"], read["links"], read["blocks"]) == (None, [], [])


def test_a_program_does_not_write_the_page(cast: Cast, client_of: Of) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client_of(cast.aubin.administrator), method)("/api/v1/commune/")
        assert answer.status_code in {403, 405}
