"""The colours of a place and of a light: one scene is another picture in another commune, or at another hour."""

from dataclasses import dataclass, replace

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """What a place is painted with; `walls` and `roofs` are taken in turn."""

    sky: Colour
    horizon: Colour
    sun: Colour
    far: Colour
    middle: Colour
    near: Colour
    soil: Colour
    water: Colour
    foliage: Colour
    walls: tuple[Colour, ...]
    roofs: tuple[Colour, ...]
    accent: Colour
    shadow: Colour = (38, 52, 74)
    cloud: Colour = (255, 255, 255)
    night: bool = False

    def at(self, light: str) -> "Look":
        """The same place at another hour or season: `day`, `evening`, `snow` or `night`."""
        return _LIGHTS[light](self) if light in _LIGHTS else self


def mixed(one: Colour, two: Colour, share: float) -> Colour:
    """`share` of the second colour in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, two, strict=True))
    return red, green, blue


def _evening(look: Look) -> Look:
    warm: Colour = (236, 138, 92)
    return replace(
        look,
        sky=(98, 128, 172),
        horizon=(250, 205, 158),
        sun=(255, 221, 150),
        cloud=(252, 220, 200),
        far=mixed(look.far, (150, 122, 158), 0.55),
        middle=mixed(look.middle, (112, 104, 132), 0.4),
        near=mixed(look.near, (70, 74, 104), 0.35),
        water=mixed(look.water, (238, 178, 148), 0.4),
        foliage=mixed(look.foliage, (70, 74, 104), 0.3),
        walls=tuple(mixed(each, warm, 0.16) for each in look.walls),
        roofs=tuple(mixed(each, (90, 66, 96), 0.25) for each in look.roofs),
    )


def _snow(look: Look) -> Look:
    white: Colour = (240, 245, 250)
    return replace(
        look,
        sky=(188, 206, 224),
        horizon=(232, 238, 244),
        sun=(255, 246, 222),
        far=mixed(look.far, white, 0.66),
        middle=mixed(look.middle, white, 0.78),
        near=mixed(look.near, white, 0.9),
        soil=mixed(look.soil, white, 0.82),
        water=mixed(look.water, white, 0.4),
        foliage=mixed(look.foliage, (74, 104, 104), 0.5),
        roofs=tuple(mixed(each, white, 0.82) for each in look.roofs),
    )


def _night(look: Look) -> Look:
    dark: Colour = (26, 36, 66)
    return replace(
        look,
        sky=(22, 32, 64),
        horizon=(74, 84, 130),
        sun=(250, 240, 206),
        cloud=(92, 102, 142),
        far=mixed(look.far, dark, 0.72),
        middle=mixed(look.middle, dark, 0.72),
        near=mixed(look.near, dark, 0.68),
        soil=mixed(look.soil, dark, 0.6),
        water=mixed(look.water, dark, 0.62),
        foliage=mixed(look.foliage, dark, 0.6),
        walls=tuple(mixed(each, dark, 0.55) for each in look.walls),
        roofs=tuple(mixed(each, dark, 0.62) for each in look.roofs),
        shadow=(12, 18, 40),
        night=True,
    )


_LIGHTS = {"evening": _evening, "snow": _snow, "night": _night}

MOUNTAIN = Look(
    sky=(164, 203, 224),
    horizon=(231, 240, 240),
    sun=(255, 226, 150),
    far=(150, 170, 182),
    middle=(124, 152, 126),
    near=(98, 136, 96),
    soil=(206, 190, 158),
    water=(128, 178, 200),
    foliage=(62, 100, 82),
    walls=((240, 230, 214), (226, 212, 192), (214, 200, 182), (246, 238, 226)),
    roofs=((140, 112, 98), (118, 104, 104), (158, 122, 100)),
    accent=(122, 59, 105),
)
RIVIERA = Look(
    sky=(142, 202, 230),
    horizon=(232, 241, 236),
    sun=(255, 222, 132),
    far=(146, 170, 166),
    middle=(136, 160, 118),
    near=(108, 140, 100),
    soil=(222, 200, 160),
    water=(74, 156, 186),
    foliage=(70, 112, 84),
    walls=((249, 236, 214), (243, 218, 184), (238, 203, 170), (250, 243, 230)),
    roofs=((196, 108, 74), (182, 96, 66), (208, 126, 88)),
    accent=(15, 107, 92),
)
NORTH = Look(
    sky=(170, 200, 220),
    horizon=(236, 240, 238),
    sun=(255, 230, 168),
    far=(164, 180, 176),
    middle=(146, 168, 128),
    near=(122, 152, 104),
    soil=(200, 186, 164),
    water=(116, 158, 178),
    foliage=(78, 116, 84),
    walls=((188, 104, 82), (236, 226, 210), (170, 92, 76), (214, 196, 176), (202, 126, 100)),
    roofs=((78, 86, 100), (96, 88, 92), (70, 78, 94)),
    accent=(31, 95, 168),
)
