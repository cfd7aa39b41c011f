"""What people type when they look for a commune: a name of the directory, bent the way each kind bends it."""

import random
import string
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tenants.directory.folding import fold
from tenants.models import Commune

EACH, SEED = 250, 1
LONG_ENOUGH = 6  # letters of a name in which a mistake still leaves a name
Bent = Callable[[Commune, random.Random], str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, how it was bent, and the commune that was meant."""

    kind: str
    text: str
    meant: Commune


def _plain(text: str) -> str:
    """Without accents, hyphens and apostrophes as they are."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _short(commune: Commune, _chance: random.Random) -> str:
    return commune.name.replace("Sainte", "Ste").replace("Saint", "St")


def _mistyped(text: str, chance: random.Random) -> str:
    """One letter left out, doubled, taken for another, or put before its neighbour."""
    spots = [place for place, letter in enumerate(text) if letter.isalpha()]
    at = chance.choice(spots[1:-1])
    match chance.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at] + text[at:]
        case 2:
            others = string.ascii_lowercase.replace(fold(text[at])[:1] or " ", "")
            return text[:at] + chance.choice(others) + text[at + 1 :]
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def _beginning(commune: Commune, chance: random.Random) -> str:
    return commune.name[: chance.randint(3, 6)].strip(" -'’")


KINDS: dict[str, tuple[Callable[[Commune], bool], Bent]] = {
    "exact name": (lambda it: True, lambda it, _: it.name),
    "accents left out": (lambda it: _plain(it.name) != it.name, lambda it, _: _plain(it.name)),
    "œ, æ in two letters": (lambda it: any(c in it.name for c in "œŒæÆ"), lambda it, _: fold(it.name)),
    "no hyphen, no capital": (lambda it: "-" in it.name, lambda it, _: it.name.replace("-", " ").lower()),
    "St, Ste": (lambda it: "Saint" in it.name, _short),
    "no apostrophe": (lambda it: "'" in it.name, lambda it, _: it.name.replace("'", "")),
    "curly apostrophe": (lambda it: "'" in it.name, lambda it, _: it.name.replace("'", "’")),
    "name and département": (lambda it: True, lambda it, _: f"{it.name} {it.departement}"),
    "postal code": (lambda it: bool(it.postal_codes), lambda it, chance: chance.choice(it.postal_codes)),
    "overseas": (lambda it: len(it.departement) == 3, lambda it, _: it.name.lower()),
    "beginning": (lambda it: len(it.name) > 3, _beginning),
    "one mistake": (lambda it: len(it.folded) >= LONG_ENOUGH, lambda it, chance: _mistyped(it.name, chance)),
    "two mistakes": (
        lambda it: len(it.folded) >= LONG_ENOUGH + 2,
        lambda it, chance: _mistyped(_mistyped(it.name, chance), chance),
    ),
}


def typed() -> Iterator[Typed]:
    """The same queries at each run, EACH of a kind, fewer where the directory has fewer such names."""
    chance = random.Random(SEED)
    everything = list(Commune.objects.order_by("insee"))
    for kind, (concerns, bent) in KINDS.items():
        among = [commune for commune in everything if concerns(commune)]
        for commune in chance.sample(among, min(EACH, len(among))):
            yield Typed(kind, bent(commune, chance), commune)
