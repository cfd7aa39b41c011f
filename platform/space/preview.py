"""A space drawn with choices not yet kept, in light and in dark, with no style of its own: colours are attributes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from core.web.arms import FIGURES, PATTERNS, SHIELD
from core.web.colour import accent_theme, mixed


@dataclass(frozen=True, slots=True)
class Drawn:
    """One theme of the preview: every colour it uses."""

    name: str
    accent: str
    on_accent: str
    paper: str
    card: str
    ink: str
    soft: str
    line: str
    field: str
    part: str


@dataclass(frozen=True, slots=True)
class Preview:
    themes: tuple[Drawn, ...]
    partition: str
    figure: str
    letter: str
    shield: str
    landscape: str
    corrected: bool

    @classmethod
    def of(cls, site: Any, chosen: Mapping[str, str]) -> Self:
        theme = accent_theme(chosen["accent"])
        return cls(
            themes=(
                _drawn("clair", theme.light, theme.on_light, "#fbfaf7", "#ffffff", "#13212b"),
                _drawn("sombre", theme.dark, theme.on_dark, "#10181e", "#17222a", "#eef3f5"),
            ),
            partition=PATTERNS[chosen["arms_pattern"]][1],
            figure=FIGURES[chosen["arms_figure"]][1],
            letter=site.space.letter,
            shield=SHIELD,
            landscape=chosen["landscape"],
            corrected=chosen["accent"] not in {theme.light, theme.dark},
        )


def _drawn(name: str, accent: str, on_accent: str, paper: str, card: str, ink: str) -> Drawn:
    return Drawn(
        name=name,
        accent=accent,
        on_accent=on_accent,
        paper=paper,
        card=card,
        ink=ink,
        soft=mixed(paper, accent, 0.12),
        line=mixed(paper, ink, 0.16),
        field=accent,
        part=mixed(accent, on_accent, 0.4),
    )
