"""The poster leads to the page where a telephone asks to be told."""

from collections.abc import Callable

import pypdfium2
from django.test import Client, override_settings

from tests.cast import Cast

POSTER = "/mairie/avertissements/affiche.pdf"


def words(document: bytes) -> str:
    read = pypdfium2.PdfDocument(document)
    try:
        assert len(read) == 1
        return " ".join(read[0].get_textpage().get_text_range().split())
    finally:
        read.close()


def test_a_resident_prints_none(cast: Cast, client_of: Callable[..., Client]) -> None:
    assert client_of(cast.aubin.resident).get(POSTER).status_code == 403


def test_it_says_where_to_go_and_how_on_one_page(cast: Cast, client_of: Callable[..., Client]) -> None:
    answer = client_of(cast.aubin.administrator).get(POSTER)
    assert answer["Content-Type"] == "application/pdf"
    said = words(answer.content)
    for part in ("Soyez prévenu en cas de danger", "Saint-Aubin", f"{cast.aubin.host}/avertissements", "iPhone"):
        assert part in said


def test_a_demonstration_says_so(cast: Cast, client_of: Callable[..., Client]) -> None:
    with override_settings(DEMO=True):
        assert "Démonstration" in words(client_of(cast.aubin.administrator).get(POSTER).content)
