"""Landscapes by kind of place, drawn in layers from a seed: two communes of one kind differ."""

import random
from html import escape

WIDTH, HEIGHT = 640, 300
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
    "hill": "Collines",
    "marsh": "Marais",
}


def landscape_svg(kind: str, seed: str = "", label: str = "") -> str:
    """The drawing of a kind of place; an unknown kind is drawn as a plain."""
    chance = random.Random(f"{kind}:{seed}")  # noqa: S311 - a drawing, not a secret
    layers = _LAYERS.get(kind, _LAYERS["plain"])
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    body = _shape("sky", f"M0 0h{WIDTH}v{HEIGHT}H0z") + _sun(chance) + "".join(layer(chance) for layer in layers)
    return (
        f'<svg class="landscape" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMax slice" {role}>{body}</svg>'
    )


def _shape(name: str, path: str) -> str:
    return f'<path class="l-{name}" d="{path}"/>'


def _sun(chance: random.Random) -> str:
    return f'<circle class="l-sun" cx="{chance.choice([96, 150, 500, 548])}" cy="{chance.randint(58, 84)}" r="30"/>'


def _ridge(chance: random.Random, top: int, swing: int, steps: int) -> str:
    """A soft line of hills from side to side, closed at the bottom."""
    width = WIDTH / steps
    heights = [top + chance.randint(-swing, swing) for _ in range(steps + 1)]
    path = f"M0 {HEIGHT}V{heights[0]}"
    for index in range(steps):
        left, right = index * width, (index + 1) * width
        middle = (left + right) / 2
        path += f"C{middle:.0f} {heights[index]} {middle:.0f} {heights[index + 1]} {right:.0f} {heights[index + 1]}"
    return f"{path}V{HEIGHT}z"


def _far(chance: random.Random) -> str:
    return _shape("far", _ridge(chance, 168, 22, 4))


def _near(chance: random.Random) -> str:
    return _shape("near", _ridge(chance, 236, 14, 3))


def _flat(chance: random.Random) -> str:
    return _shape("far", _ridge(chance, 196, 5, 3))


def _peaks(chance: random.Random) -> str:
    rock, snow = "", ""
    for index, x in enumerate((70, 210, 360, 520)):
        top = chance.randint(34, 96) if index % 2 else chance.randint(70, 120)
        left, right = x - chance.randint(110, 150), x + chance.randint(110, 150)
        rock += f"M{left} 262 {x} {top} {right} 262z"
        cap = top + 34
        slope_left, slope_right = (x - left) / (262 - top), (right - x) / (262 - top)
        edge_left, edge_right = x - slope_left * 34, x + slope_right * 34
        snow += f"M{x} {top}L{edge_right:.0f} {cap} {x + 10} {cap - 9} {x - 4} {cap + 4} {edge_left:.0f} {cap}z"
    return _shape("far", rock) + _shape("snow", snow)


def _sea(chance: random.Random) -> str:
    shine = "".join(
        f"M{chance.randint(20, 560)} {y}h{chance.randint(30, 70)}v2h-60z" for y in range(206, 262, 13)
    )
    return _shape("water", f"M0 190h{WIDTH}v110H0z") + _shape("shine", shine)


def _cape(chance: random.Random) -> str:
    tip = chance.randint(330, 430)
    return _shape("far", f"M0 152C90 96 150 118 210 150S{tip - 40} 190 {tip} 214L0 300z")


def _isle(chance: random.Random) -> str:
    left = chance.randint(110, 170)
    return _shape("far", f"M{left} 214C{left + 60} 150 {left + 130} 138 {left + 200} 158S{left + 330} 196 {left + 370} 214z")


def _bend(chance: random.Random) -> str:
    x = chance.randint(300, 380)
    return _shape("water", f"M{x} 192c-70 26 70 44-30 68s-130 22-160 40h270c16-28-40-40 16-66s-40-26-30-42z")


def _basin(chance: random.Random) -> str:
    return _shape("water", f"M{chance.randint(60, 110)} 218C180 196 430 196 {chance.randint(540, 590)} 220S420 262 300 262 70 244 90 218z")


def _trees(chance: random.Random, count: int = 9) -> str:
    path = ""
    for _ in range(count):
        x, y, size = chance.randint(10, 620), chance.randint(214, 262), chance.randint(20, 34)
        path += f"M{x} {y - size * 2}l{size // 2} {size * 2}h-{size}z"
    return _shape("tree", path)


def _woods(chance: random.Random) -> str:
    return _trees(chance, 26)


def _rows(chance: random.Random) -> str:
    lean = chance.randint(-40, 40)
    path = "".join(f"M{x} 300 {320 + (x - 320) // 3 + lean} 226h3L{x + 9} 300z" for x in range(-40, 700, 46))
    return _shape("tree", path)


def _reeds(chance: random.Random) -> str:
    pools = "".join(f"M{chance.randint(10, 500)} {y}h{chance.randint(70, 140)}v6h-90z" for y in (222, 240, 258, 276))
    reeds = "".join(f"M{x} {chance.randint(236, 250)}h3v30h-3z" for x in range(24, 640, chance.randint(34, 48)))
    return _shape("water", pools) + _shape("tree", reeds)


def _palms(chance: random.Random) -> str:
    path = ""
    for x in (chance.randint(40, 120), chance.randint(500, 600)):
        path += (
            f"M{x} 280c4-40 2-70-6-104h5c9 34 10 64 8 104z"
            f"M{x - 3} 178c-22-16-38-8-46 4 18-4 30-4 46-4zm0 0c22-16 38-8 46 4-18-4-30-4-46-4z"
            f"m0 0c-10-24-26-26-36-20 14 4 24 10 36 20zm0 0c10-24 26-26 36-20-14 4-24 10-36 20z"
        )
    return _shape("tree", path)


def _houses(chance: random.Random, count: int = 4, tall: bool = False) -> str:
    """A church or belfry with houses around it."""
    middle, ground = chance.randint(250, 380), 244
    walls, roofs = "", ""
    x = middle - 36 * (count // 2)
    for index in range(count):
        wide = chance.randint(28, 40)
        high = chance.randint(26, 36) + (chance.randint(20, 44) if tall else 0)
        walls += f"M{x} {ground}v-{high}h{wide}v{high}z"
        half, rise = wide // 2 + 5, chance.randint(13, 20)
        roofs += f"M{x - 5} {ground - high}l{half}-{rise} {half} {rise}z"
        x += wide + chance.randint(4, 10) + (22 if index == count // 2 - 1 else 0)
    tower = middle - 10
    walls += f"M{tower} {ground}v-84h20v84z"
    roofs += f"M{tower - 4} {ground - 84}l14-34 14 34z"
    return _shape("wall", walls) + _shape("roof", roofs)


def _village(chance: random.Random) -> str:
    return _houses(chance)


def _city(chance: random.Random) -> str:
    return _houses(chance, 8, tall=True)


def _front(chance: random.Random) -> str:
    return _shape("near", _ridge(chance, 262, 10, 3))


_LAYERS = {
    "mountain": (_peaks, _near, _village, _trees, _front),
    "coast": (_sea, _cape, _village, _front),
    "plain": (_flat, _near, _village, _trees, _front),
    "river": (_far, _near, _bend, _village, _trees),
    "town": (_far, _near, _city, _front),
    "island": (_sea, _isle, _village, _front),
    "tropical": (_sea, _isle, _palms, _front),
    "vineyard": (_far, _near, _village, _rows),
    "forest": (_far, _near, _village, _woods),
    "lake": (_peaks, _near, _basin, _village, _front),
    "hill": (_far, _near, _village, _trees, _front),
    "marsh": (_flat, _near, _village, _reeds),
}
