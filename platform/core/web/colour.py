"""A commune's accent, corrected so that it can be read in light and in dark."""

import re
from dataclasses import dataclass

ENOUGH = 4.5
LIGHT_PAPERS = ("#fbfaf7", "#ffffff", "#f2efe8")
DARK_PAPERS = ("#10181e", "#17222a", "#0c1318")
INK_ON_LIGHT, INK_ON_DARK = "#ffffff", "#0b1418"
SOFT = 0.12
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Theme:
    """The four colours a theme file sets: the accent and what is written on it, in light and in dark."""

    light: str
    on_light: str
    dark: str
    on_dark: str


def parsed(colour: str) -> Rgb:
    """Channels from 0 to 1. Raises ValueError unless the colour is # and six hexadecimal digits."""
    if not _HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #0f6b5c")
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def printed(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, channel)) * 255):02x}" for channel in rgb)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parsed(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, two: str, share: float) -> str:
    """`one` with a share (0 to 1) of `two`."""
    return printed(tuple(a + (b - a) * share for a, b in zip(parsed(one), parsed(two), strict=True)))  # type: ignore[arg-type]


def accent_theme(accent: str) -> Theme:
    """The nearest accents that pass AA on paper, on cards, on their own soft tint, and under their own ink."""
    return Theme(
        light=_readable(accent, "#000000", LIGHT_PAPERS, INK_ON_LIGHT),
        on_light=INK_ON_LIGHT,
        dark=_readable(accent, "#ffffff", DARK_PAPERS, INK_ON_DARK),
        on_dark=INK_ON_DARK,
    )


def _readable(accent: str, towards: str, papers: tuple[str, ...], ink: str) -> str:
    for step in range(101):
        candidate = mixed(accent, towards, step / 100)
        soft = [mixed(paper, candidate, SOFT) for paper in papers]
        if all(contrast(candidate, under) >= ENOUGH for under in (*papers, *soft, ink)):
            return candidate
    raise AssertionError("black and white pass")


def theme_css(theme: Theme) -> str:
    """The style sheet of one commune."""
    light = f"--accent:{theme.light};--on-accent:{theme.on_light}"
    dark = f"--accent:{theme.dark};--on-accent:{theme.on_dark}"
    return (
        f":root{{{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f':root[data-theme="light"],[data-theme="light"]{{{light}}}\n'
        f':root[data-theme="dark"],[data-theme="dark"]{{{dark}}}\n'
    )
