"""Pictures that we drew: a scene, painted with a place's colours in a light, from a seed."""

import random
from collections.abc import Callable
from io import BytesIO

from deploy.demo.pictures import events, outdoors
from deploy.demo.pictures.canvas import Canvas
from deploy.demo.pictures.looks import MOUNTAIN, NORTH, RIVIERA, Look

LOOKS: dict[str, Look] = {"mountain": MOUNTAIN, "riviera": RIVIERA, "north": NORTH}
SCENES: dict[str, Callable[[Canvas], None]] = {
    scene.__name__: scene
    for scene in (
        outdoors.mountain_village,
        outdoors.fountain,
        outdoors.snow,
        outdoors.pasture,
        outdoors.perched,
        outdoors.trail,
        outdoors.square,
        outdoors.river,
        events.market,
        events.works,
        events.school,
        events.town_hall,
        events.book_van,
        events.feast,
        events.lights,
        events.pitch,
        events.collection,
        events.reading,
    )
}


def drawn(scene: str, look: str, light: str, seed: str) -> BytesIO:
    """Give the picture as a file. The same words give the same picture."""
    chance = random.Random(f"{scene}:{look}:{light}:{seed}")  # noqa: S311 - a drawing, not a secret
    canvas = Canvas(LOOKS[look].at(light), chance)
    SCENES[scene](canvas)
    file = BytesIO()
    canvas.finished().save(file, "PNG", compress_level=0)  # read again at once
    file.seek(0)
    return file
