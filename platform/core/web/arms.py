"""A commune's arms, drawn: a shield, its partition, one figure or the initial."""

from html import escape

SHIELD = "M3 3h34v22c0 10-8 16-17 19C11 41 3 35 3 25z"
PATTERNS = {
    "plain": ("Uni", ""),
    "chief": ("Chef", "M3 3h34v9H3z"),
    "fess": ("Fasce", "M3 17h34v11H3z"),
    "pale": ("Pal", "M14 3h12v41h-12z"),
    "party": ("Parti", "M3 3h17v41H3z"),
    "bend": ("Bande", "M3 3h9l25 27v9h-3L3 12z"),
    "chevron": ("Chevron", "M20 18 37 33v8L20 26 3 41v-8z"),
    "quarterly": ("Écartelé", "M3 3h17v20H3zM20 23h17v21H20z"),
    "bordure": ("Bordure", "M3 3h34v5H3zM3 8h4v36H3zM33 8h4v36h-4zM7 38h26v6H7z"),
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
        "m20 13 2.600 6.400 6.900.500-5.300 4.400 1.700 6.700L20 27.400 14.100 31l1.700-6.700-5.300-4.400 6.900-.500z",
    ),
    "wheat": (
        "Épi",
        "M19 36V24c-4 0-6-3-6-6 4 0 6 2 6 5v-5c-3-1-4-4-3-7 3 1 4 3 4 4s1-3 4-4c1 3 0 6-3 7v5c0-3 2-5 6-5 0 3-2 6-6 6v12z",
    ),
    "fish": ("Poisson", "M8 24c4-7 14-8 19-2l6-4v12l-6-4c-5 6-15 5-19-2z"),
    "key": ("Clé", "M17 12h6v8h-6zM18.500 20h3v16h-3zM21.500 27h5v3h-5zM21.500 32h4v3h-4z"),
    "sun": ("Soleil", "M20 17a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM19 11h2v4h-2zM19 31h2v4h-2zM8 22h4v2H8zM28 22h4v2h-4z"),
    "bridge": ("Pont", "M6 21h28v4h-2v8h-4c0-8-6-8-6 0h-4c0-8-6-8-6 0H8v-8H6z"),
    "grape": (
        "Grappe",
        "M19 12h2v4h-2zM14 18h4v4h-4zM20 18h4v4h-4zM26 18h3v4h-3zM16 23h4v4h-4zM22 23h4v4h-4zM19 28h4v4h-4z",
    ),
}


def arms_svg(pattern: str, figure: str, letter: str, size: int = 36) -> str:
    """The drawing; an unknown pattern or figure is drawn plain, with the initial."""
    partition = PATTERNS.get(pattern, PATTERNS["plain"])[1]
    charge = FIGURES.get(figure, FIGURES["letter"])[1]
    parts = [
        f'<svg class="arms" width="{int(size)}" height="{int(size * 46 / 40)}" viewBox="0 0 40 46" aria-hidden="true">',
        f'<path class="arms-field" d="{SHIELD}"/>',
    ]
    if partition:
        parts.append(f'<path class="arms-part" d="{partition}"/><path class="arms-edge" d="{SHIELD}"/>')
    if charge:
        parts.append(f'<path class="arms-figure" d="{charge}"/>')
    else:
        parts.append(f'<text class="arms-letter" x="20" y="31" text-anchor="middle">{escape(letter[:1])}</text>')
    return "".join([*parts, "</svg>"])
