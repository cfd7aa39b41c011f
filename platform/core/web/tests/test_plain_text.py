import pytest

from core.web.plain_text import many_lines, one_line, paragraphs


@pytest.mark.parametrize("typed", ["a\x00b", "a\x07b", "a\x1bb", "a\x85b", "a\ud800b", "a\ufffeb", "a\uffffb"])
def test_what_xml_cannot_write_is_not_kept(typed: str) -> None:
    assert one_line(typed) == many_lines(typed) == "ab"


def test_a_title_is_one_line_and_a_text_keeps_its_lines() -> None:
    typed = "  La  mairie\r\n ferme\tmardi \r\r\n"
    assert one_line(typed) == "La mairie ferme mardi"
    assert many_lines(typed) == "La  mairie\n ferme\tmardi"


def test_letters_of_every_kind_are_kept() -> None:
    typed = "Œuvre d’Èze, l’été 🏔 مرحبا"
    assert one_line(typed) == many_lines(typed) == typed


def test_an_empty_line_parts_two_paragraphs_and_a_line_break_stays_in_one() -> None:
    assert paragraphs("Un\ndeux\n\n\n\ntrois") == ["Un<br>deux", "trois"]
    assert paragraphs(" \n\n ") == []


def test_what_was_typed_as_html_is_shown_as_typed() -> None:
    assert paragraphs('<script>alert("1")</script> & <b>')[0].startswith("&lt;script&gt;alert(&quot;1&quot;)")


def test_addresses_become_links_that_vouch_for_nothing() -> None:
    [shown] = paragraphs("Voir https://exemple.fr/?a=1&b=2 et javascript:alert(1) et mairie@exemple.fr")
    assert '<a href="https://exemple.fr/?a=1&amp;b=2" rel="nofollow">' in shown
    assert 'href="mailto:mairie@exemple.fr"' in shown
    assert "javascript:alert(1)" in shown
    assert 'href="javascript' not in shown
