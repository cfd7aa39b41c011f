"""A space drawn with choices not yet kept, in light and in dark, with no style of its own: colours are attributes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from core.web.arms import Arms
from core.web.colour import accent_theme, mixed

# As .arms-part in the style sheet.
PART = 0.36


@dataclass(frozen=True, slots=True)
class Drawn:
    """One theme of the preview: every colour it uses."""

    scheme: str
    name: str
    accent: str
    on_accent: str
    part: str
    paper: str
    card: str
    ink: str
    soft: str
    line: str


@dataclass(frozen=True, slots=True)
class Preview:
    themes: tuple[Drawn, ...]
    arms: Arms
    landscape: str
    corrected: bool

    @classmethod
    def of(cls, site: Any, chosen: Mapping[str, str]) -> Self:
        theme = accent_theme(chosen["accent"])
        return cls(
            themes=(
                _drawn("light", "clair", theme.light, theme.on_light, "#fbfaf7", "#ffffff", "#14212b"),
                _drawn("dark", "sombre", theme.dark, theme.on_dark, "#10181e", "#17222a", "#eef2f4"),
            ),
            arms=Arms.of(chosen["arms_pattern"], chosen["arms_figure"], site.space.letter),
            landscape=chosen["landscape"],
            corrected=chosen["accent"] not in {theme.light, theme.dark},
        )


def part_of(accent: str) -> str:
    """The second colour of arms."""
    return mixed(accent, "#ffffff", PART)


def _drawn(scheme: str, name: str, accent: str, on_accent: str, paper: str, card: str, ink: str) -> Drawn:
    return Drawn(
        scheme=scheme,
        name=name,
        accent=accent,
        on_accent=on_accent,
        part=part_of(accent),
        paper=paper,
        card=card,
        ink=ink,
        soft=mixed(paper, accent, 0.12),
        line=mixed(paper, ink, 0.16),
    )
