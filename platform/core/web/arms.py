"""A commune's arms, drawn: a shield, its partition, one figure or the initial."""

from dataclasses import dataclass
from html import escape
from typing import Self

SHIELD = "M3 3h34v22c0 10-8 16-17 19C11 41 3 35 3 25z"
# Each partition ends where the shield does: nothing is clipped, so a drawing can stand anywhere and at any size.
PATTERNS = {
    "plain": ("Uni", ""),
    "chief": ("Chef", "M3 3h34v9H3z"),
    "fess": ("Fasce", "M3 17h34v8C37 26.04 36.91 27.04 36.75 28H3.253C3.087 27.04 3 26.04 3 25z"),
    "pale": ("Pal", "M14 3h12V41.42C24.11 42.45 22.08 43.31 20 44 17.92 43.31 15.89 42.45 14 41.42z"),
    "party": ("Parti", "M3 3h17v41C11 41 3 35 3 25z"),
    "bend": ("Bande", "M3 3h9L36.44 29.4C35.28 33.76 32.42 37.17 28.7 39.76L3 12z"),
    "chevron": (
        "Chevron",
        "M20 18 35.61 31.77C34.78 33.64 33.62 35.3 32.21 36.78L20 26 7.786 36.78C6.378 35.3 5.218 33.64 4.393 31.77z",
    ),
    "quarterly": ("Écartelé", "M3 3h17v20H3zM20 23h17v2C37 35 29 41 20 44z"),
    "bordure": (
        "Bordure",
        "M3 3h34v22c0 10-8 16-17 19C11 41 3 35 3 25zM8 8v17c0 7 5.5 11.3 12 13.7 6.5-2.4 12-6.7 12-13.7V8z",
    ),
}
FIGURES = {
    "letter": ("Initiale", ""),
    "tower": ("Tour", "M13 34V16h2v-3h3v3h4v-3h3v3h2v18h-5v-6h-4v6z"),
    "tree": ("Arbre", "M18 35v-7c-6 0-8-4-6-8-1-4 3-8 8-8s9 4 8 8c2 4 0 8-6 8v7z"),
    "wave": (
        "Onde",
        "M8 20c4-4 8-4 12 0s8 4 12 0v4c-4 4-8 4-12 0s-8-4-12 0zM8 28c4-4 8-4 12 0s8 4 12 0v4c-4 4-8 4-12 0s-8-4-12 0z",
    ),
    "mountain": ("Montagne", "M7 33 17 15l6 9 3-4 8 13z"),
    "star": (
        "Étoile",
        "m20 13 2.6 6.4 6.9.5-5.3 4.4 1.7 6.7L20 27.4 14.1 31l1.7-6.7-5.3-4.4 6.9-.5z",
    ),
    "wheat": (
        "Épi",
        "M19 36V24c-4 0-6-3-6-6 4 0 6 2 6 5v-5c-3-1-4-4-3-7 3 1 4 3 4 4s1-3 4-4c1 3 0 6-3 7v5c0-3 2-5 6-5 0 3-2 6-6 6v12z",
    ),
    "fish": ("Poisson", "M8 24c4-7 14-8 19-2l6-4v12l-6-4c-5 6-15 5-19-2z"),
    "key": ("Clé", "M17 12h6v8h-6zM18.5 20h3v16h-3zM21.5 27h5v3h-5zM21.5 32h4v3h-4z"),
    "sun": ("Soleil", "M20 17a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM19 11h2v4h-2zM19 31h2v4h-2zM8 22h4v2H8zM28 22h4v2h-4z"),
    "bridge": ("Pont", "M6 21h28v4h-2v8h-4c0-8-6-8-6 0h-4c0-8-6-8-6 0H8v-8H6z"),
    "grape": (
        "Grappe",
        "M19 12h2v5h-2zM12.2 20a2.4 2.4 0 1 1 4.8 0 2.4 2.4 0 1 1-4.8 0zM17.6 20a2.4 2.4 0 1 1 4.8 0 2.4 2.4 0 1 1-4.8 0zM23 20a2.4 2.4 0 1 1 4.8 0 2.4 2.4 0 1 1-4.8 0zM14.9 24.7a2.4 2.4 0 1 1 4.8 0 2.4 2.4 0 1 1-4.8 0zM20.3 24.7a2.4 2.4 0 1 1 4.8 0 2.4 2.4 0 1 1-4.8 0zM17.6 29.4a2.4 2.4 0 1 1 4.8 0 2.4 2.4 0 1 1-4.8 0z",
    ),
}


@dataclass(frozen=True, slots=True)
class Arms:
    """Paths in a box of 40 by 46. A charge that is empty is the initial."""

    shield: str
    partition: str
    charge: str
    letter: str

    @classmethod
    def of(cls, pattern: str, figure: str, letter: str) -> Self:
        """An unknown pattern or figure is drawn plain, with the initial."""
        return cls(
            SHIELD,
            PATTERNS.get(pattern, PATTERNS["plain"])[1],
            FIGURES.get(figure, FIGURES["letter"])[1],
            letter[:1],
        )


def arms_svg(pattern: str, figure: str, letter: str, size: int = 36) -> str:
    """The drawing, coloured by the page's style."""
    drawn = Arms.of(pattern, figure, letter)
    parts = [
        f'<svg width="{int(size)}" height="{int(size * 46 / 40)}" viewBox="0 0 40 46" aria-hidden="true">',
        f'<path class="arms-field" d="{drawn.shield}"/>',
    ]
    if drawn.partition:
        parts.append(f'<path class="arms-part" d="{drawn.partition}"/><path class="arms-edge" d="{drawn.shield}"/>')
    if drawn.charge:
        parts.append(f'<path class="arms-figure" d="{drawn.charge}"/>')
    else:
        parts.append(f'<text class="arms-letter" x="20" y="31" text-anchor="middle">{escape(drawn.letter)}</text>')
    return "".join([*parts, "</svg>"])
