"""What kind of place a commune is, for the landscape drawn on its pages. A guess from facts that a mairie may change.

The directory has neither altitude nor coast: the name, the size, the département and the position stand for them.
"""

from enum import StrEnum

from tenants.directory.departements import departement_named
from tenants.directory.folding import fold
from tenants.directory.source import CommuneRow


class Kind(StrEnum):
    MOUNTAIN = "mountain"
    COAST = "coast"
    PLAIN = "plain"
    RIVER = "river"
    TOWN = "town"
    ISLAND = "island"
    TROPICAL = "tropical"
    VINEYARD = "vineyard"
    FOREST = "forest"
    LAKE = "lake"
    HILL = "hill"
    MARSH = "marsh"


TOWN_SIZE = 10_000
_ISLANDS = """17019 17051 17093 17121 17140 17161 17207 17286 17297 17318 17323 17337 17360 17369 17385
17411 17485 17486 22016 29082 29083 29084 29155 56009 56069 56085 56086 56087 56088 56114
56152 56241 56242 85113 85011 85083 85106 85163"""
ISLANDS = frozenset(_ISLANDS.split())
_BY_DEPARTEMENT = {
    Kind.MOUNTAIN: "04 05 09 38 65 66 73 74 2A 2B",
    Kind.HILL: "07 12 15 19 25 26 30 39 42 43 46 48 63 64 68 84 88 90",
    Kind.VINEYARD: "11 21 33 34 51 67 69 71",
    Kind.FOREST: "08 23 40 52 58 70 87",
    Kind.MARSH: "13 17 79 85",
    Kind.RIVER: "18 31 37 41 45 47 49 82",
}
_DEPARTEMENT = {code: kind for kind, codes in _BY_DEPARTEMENT.items() for code in codes.split()}
_WATER = ("mer", "plage", "ocean", "port")
_LAKE = ("lac", "etang")
RIVIERA_LATITUDE = 43.8


def kind_of(row: CommuneRow) -> Kind:
    """The kind of a commune; towns before nature, the name before the département."""
    words = fold(row.name).split()
    if departement_named(row.departement).is_overseas:
        return Kind.TROPICAL
    if row.insee in ISLANDS:
        return Kind.ISLAND
    if ("sur" in words and words[-1] == "mer") or any(word in words for word in _WATER):
        return Kind.COAST
    if any(word in words for word in _LAKE):
        return Kind.LAKE
    if (row.population or 0) >= TOWN_SIZE:
        return Kind.TOWN
    if row.departement in {"06", "83"}:
        return Kind.COAST if (row.latitude or 99) < RIVIERA_LATITUDE else Kind.MOUNTAIN
    if "sur" in words[1:-1]:
        return Kind.RIVER
    return _DEPARTEMENT.get(row.departement, Kind.PLAIN)
