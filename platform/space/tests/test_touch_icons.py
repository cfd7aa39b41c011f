"""A commune's arms on a phone's home screen."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from core.web.arms import FIGURES, PATTERNS, Arms
from core.web.drawings.paths import outlines
from core.web.touch_icon import touch_icon
from space.views.installable import TOUCH_ICONS
from tests.cast import Cast

PAPER, FIELD = "#fbfaf7", "#0f6b5c"


def pixels(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


@pytest.mark.parametrize("name", TOUCH_ICONS)
def test_each_size_is_an_opaque_square_kept_under_its_version(anyone: Client, name: str) -> None:
    listed = {each["src"]: each for each in anyone.get("/manifest.webmanifest").json()["icons"]}
    (address,) = (src for src in listed if f"/icone-{name}.png" in src)
    answer = anyone.get(address)
    size, maskable = TOUCH_ICONS[name]
    assert Image.open(BytesIO(answer.content)).size == (size, size)
    assert listed[address]["purpose"] == ("maskable" if maskable else "any")
    assert "immutable" in answer["Cache-Control"]
    assert anyone.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_pages_lead_ios_to_its_icon(anyone: Client) -> None:
    assert 'rel="apple-touch-icon" href="/icone-180.png?v=' in anyone.get("/").content.decode()


def test_two_communes_have_two_icons(cast: Cast, anyone: Client) -> None:
    drawn = {
        touch_icon(Arms.of("plain", "letter", letter), 192, field=FIELD, part=FIELD, ink="#fff", paper=PAPER)
        for letter in "AB"
    }
    assert len(drawn) == 2


@pytest.mark.parametrize("path", [path for _, path in (*PATTERNS.values(), *FIGURES.values()) if path])
def test_every_drawing_is_read_and_stays_in_the_shield(path: str) -> None:
    for polygon in outlines(path):
        assert len(polygon) > 2
        assert all(3 <= x <= 37 and 3 <= y <= 44 for x, y in polygon)


def test_a_phone_may_cut_a_maskable_icon_to_a_circle() -> None:
    drawn = pixels(
        touch_icon(Arms.of("plain", "tower", ""), 200, field=FIELD, part=FIELD, ink="#fff", paper=PAPER, maskable=True)
    )
    paper = drawn.getpixel((0, 0))
    far = [(x, y) for x in range(200) for y in range(200) if (x - 100) ** 2 + (y - 100) ** 2 > 80**2]
    assert {drawn.getpixel(place) for place in far} == {paper}
    assert drawn.getpixel((100, 150)) != paper
