"""Twelve kinds of places, drawn: never alike, never heavy."""

import re
from xml.etree import ElementTree

import pytest

from core.web.landscape import KINDS, landscape_svg

MOST_ELEMENTS, MOST_BYTES = 50, 6_000


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_of_place_is_a_small_drawing(kind: str) -> None:
    for seed in range(20):
        drawn = landscape_svg(kind, str(seed))
        root = ElementTree.fromstring(drawn)
        assert len(list(root.iter())) <= MOST_ELEMENTS
        assert len(drawn) <= MOST_BYTES
        assert "nan" not in drawn


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_two_communes_of_one_kind_differ_and_one_is_always_itself(kind: str) -> None:
    drawings = [landscape_svg(kind, str(seed)) for seed in range(8)]
    assert len(set(drawings)) == 8
    assert landscape_svg(kind, "0") == drawings[0]


def test_a_drawing_without_a_name_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in landscape_svg("plain", "1")
    named = landscape_svg("plain", "1", 'Le "champ" <vert>')
    assert 'role="img"' in named
    assert "&quot;champ&quot; &lt;vert&gt;" in named


def test_an_unknown_kind_is_a_plain() -> None:
    assert re.sub(r'class="landscape[^"]*"', "", landscape_svg("moon", "1")).count("<path") > 20
