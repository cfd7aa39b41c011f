"""A commune's accent, corrected so that it can be read in light and in dark."""

import re
from dataclasses import dataclass

ENOUGH = 4.5
LIGHT_PAPERS = ("#fbfaf7", "#ffffff", "#f2efe8")
DARK_PAPERS = ("#10181e", "#17222a", "#0c1318")
INK_ON_LIGHT, INK_ON_DARK = "#ffffff", "#0b1418"
SOFT, LINE = 0.12, 0.3
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
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def printed(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, channel)) * 255):02x}" for channel in rgb)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (_linear(channel) for channel in parsed(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, two: str, share: float) -> str:
    """`one` with a share (0 to 1) of `two`."""
    (a, b, c), (d, e, f) = parsed(one), parsed(two)
    return printed((a + (d - a) * share, b + (e - b) * share, c + (f - c) * share))


def accent_theme(accent: str) -> Theme:
    """The nearest accents of the same hue that pass AA: on paper, cards, their own soft tint, and under their ink."""
    return Theme(
        light=_readable(accent, 0.0, LIGHT_PAPERS, INK_ON_LIGHT),
        on_light=INK_ON_LIGHT,
        dark=_readable(accent, 1.0, DARK_PAPERS, INK_ON_DARK),
        on_dark=INK_ON_DARK,
    )


def theme_css(theme: Theme) -> str:
    """The style sheet of one commune."""
    light = _declared(theme.light, theme.on_light, LIGHT_PAPERS[0])
    dark = _declared(theme.dark, theme.on_dark, DARK_PAPERS[0])
    return (
        f":root{{{light}}}\n"
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
        f':root[data-theme="light"],[data-theme="light"]{{{light}}}\n'
        f':root[data-theme="dark"],[data-theme="dark"]{{{dark}}}\n'
    )


def _declared(accent: str, ink: str, paper: str) -> str:
    soft, line = mixed(paper, accent, SOFT), mixed(paper, accent, LINE)
    return f"--accent:{accent};--on-accent:{ink};--accent-soft:{soft};--accent-line:{line}"


def _readable(accent: str, end: float, papers: tuple[str, ...], ink: str) -> str:
    """Moves only the lightness, towards black (0) or white (1), by a hundredth of the way at a time."""
    lightness, green_red, blue_yellow = _oklab(parsed(accent))
    for step in range(101):
        share = step / 100
        candidate = accent if not step else _inside(lightness + (end - lightness) * share, green_red, blue_yellow)
        soft = [mixed(paper, candidate, SOFT) for paper in papers]
        if all(contrast(candidate, under) >= ENOUGH for under in (*papers, *soft, ink)):
            return candidate
    raise AssertionError("black passes on the light papers and white on the dark ones")


def _inside(lightness: float, green_red: float, blue_yellow: float) -> str:
    """The most vivid colour of this lightness and hue that a screen can show, no more vivid than asked."""
    for keep in range(20, -1, -1):
        rgb = _rgb(lightness, green_red * keep / 20, blue_yellow * keep / 20)
        if all(-0.002 <= channel <= 1.002 for channel in rgb):
            return printed(rgb)
    return printed(rgb)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * float(channel ** (1 / 2.4)) - 0.055


def _oklab(rgb: Rgb) -> Rgb:
    """Lightness, green to red, blue to yellow, in Björn Ottosson's OKLab."""
    red, green, blue = (_linear(channel) for channel in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _rgb(lightness: float, green_red: float, blue_yellow: float) -> Rgb:
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
