import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.web.colour import (
    DARK_PAPERS,
    ENOUGH,
    INK_ON_DARK,
    LIGHT_PAPERS,
    SOFT,
    accent_theme,
    contrast,
    luminance,
    mixed,
    parsed,
    theme_css,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_any_accent_can_be_read_in_both_themes(accent: str) -> None:
    theme = accent_theme(accent)
    for colour, ink, papers in ((theme.light, theme.on_light, LIGHT_PAPERS), (theme.dark, theme.on_dark, DARK_PAPERS)):
        soft = [mixed(paper, colour, SOFT) for paper in papers]
        assert min(contrast(colour, under) for under in (*papers, *soft, ink)) >= ENOUGH


def test_an_accent_that_can_be_read_is_kept() -> None:
    assert accent_theme("#0f6b5c").light == "#0f6b5c"


def test_a_corrected_accent_keeps_its_hue() -> None:
    red, green, blue = parsed(accent_theme("#0f6b5c").dark)
    assert green > blue > red


def test_the_ink_on_a_dark_accent_is_the_darkest_paper_or_darker() -> None:
    assert luminance(INK_ON_DARK) <= max(luminance(paper) for paper in DARK_PAPERS)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("text", ["0f6b5c", "#fff", "#0f6b5g", "red", "#0f6b5c;}"])
def test_what_is_not_six_digits_is_no_colour(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        parsed(text)


def test_a_theme_file_can_be_forced_to_either_theme() -> None:
    css = theme_css(accent_theme("#1f5fa8"))
    assert '[data-theme="dark"]' in css
    assert '[data-theme="light"]' in css
    assert "prefers-color-scheme:dark" in css


def test_a_communes_accent_wins_over_the_default_in_every_theme() -> None:
    """The default sets the dark accent by a selector of two parts: a weaker one loses, though it comes later."""
    default = (Path(__file__).parents[1] / "static/web/css/base.css").read_text()
    css = theme_css(accent_theme("#7a3b69"))
    for selector in (':root:not([data-theme="light"])', '[data-theme="dark"]', ":root"):
        assert selector in default
        assert f"{selector}{{" in css


def test_paper_is_printed_in_the_light_theme_whatever_the_screens() -> None:
    base = Path(__file__).resolve().parents[1] / "static/web/css/base.css"
    for css in (base.read_text(), theme_css(accent_theme("#0f6b5c"))):
        assert re.findall(r"@media ([^{]*prefers-color-scheme: ?dark)", css)
        assert not re.findall(r"@media \(prefers-color-scheme: ?dark", css)
