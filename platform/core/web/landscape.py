"""A commune's landscape: a kind of place drawn from a seed, so that two communes of one kind differ."""

import random
from html import escape

from core.web.drawings.canvas import HEIGHT, WIDTH, Canvas
from core.web.drawings.scenes import SCENES
from core.web.drawings.sky import LIGHTS

KINDS = {
    "mountain": "Montagne",
    "coast": "Bord de mer",
    "plain": "Plaine",
    "river": "Rivière",
    "town": "Ville",
    "island": "Île",
    "tropical": "Outre-mer",
    "vineyard": "Vignes",
    "forest": "Forêt",
    "lake": "Lac",
    "hill": "Village perché",
    "marsh": "Marais",
}


def landscape_svg(kind: str, seed: str = "", label: str = "") -> str:
    """The drawing of a kind of place; an unknown kind is drawn as a plain, and no label makes it decoration."""
    chance = random.Random(f"{kind}:{seed}")  # noqa: S311 - a drawing, not a secret
    canvas = Canvas(chance)
    SCENES.get(kind, SCENES["plain"])(canvas)
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    turned = f'<g transform="matrix(-1 0 0 1 {WIDTH} 0)">' if chance.random() < 0.5 else "<g>"
    return (
        f'<svg class="{chance.choice(LIGHTS)}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' preserveAspectRatio="xMidYMax slice" {role}>{turned}{canvas.markup()}</g></svg>'
    )
