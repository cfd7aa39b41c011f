"""Between formatted and plain: nothing is lost that somebody did not change."""

import pytest

from core.richtext.text import from_plain, is_same, plain

HTML = (
    '<h3>Horaires</h3><p>Le <strong>lundi</strong> :<br>9 h, <a href="https://a.example/">ici</a></p>'
    "<ul><li>Un<ul><li>Bis</li></ul></li><li>Deux</li></ul><ol><li>Trois</li><li>Quatre</li></ol><p>Fin</p>"
)
PLAIN = "Horaires\n\nLe lundi :\n9 h, ici\n\n- Un\n  - Bis\n- Deux\n1. Trois\n2. Quatre\n\nFin"


def test_formatted_text_has_its_words_in_plain() -> None:
    assert plain(HTML) == PLAIN
    assert "ici (https://a.example/)" in plain(HTML, links=True)
    assert plain("<p>1 &lt; 2 &amp; 3</p>") == "1 < 2 & 3"


def test_plain_text_becomes_paragraphs_and_lists() -> None:
    typed = "Bonjour,\r\nà tous\r\n\r\n- un\r\n- deux <b>\r\n\r\n1. trois\r\n\r\nFin"
    assert from_plain(typed) == (
        "<p>Bonjour,<br>à tous</p><ul><li>un</li><li>deux &lt;b&gt;</li></ul><ol><li>trois</li></ol><p>Fin</p>"
    )


@pytest.mark.parametrize("typed", ["", "  \n\n ", "\u00a0"])
def test_nothing_readable_is_nothing(typed: str) -> None:
    assert from_plain(typed) == ""


def test_a_text_that_comes_back_as_it_was_shown_is_the_same() -> None:
    assert is_same(HTML, PLAIN)
    assert is_same(HTML, PLAIN.replace("\n", "\r\n"))
    assert not is_same(HTML, PLAIN + " autre")
