"""Words that depend on a commune's name: « au Havre », « aux Ulis », « à La Rochelle », « à Èze »."""

import unicodedata

from django.utils.formats import number_format

NARROW = "\u202f"
_VOWELS = "aeiouyœæ"


def typographic(name: str) -> str:
    return name.replace("'", "’")


def at_commune(name: str) -> str:
    """Where one is: « à Èze », « au Havre », « aux Ulis »."""
    name = typographic(name)
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"à {name}"


def of_commune(name: str) -> str:
    """Whose it is: « d’Èze », « du Havre », « des Ulis », « de Lille »."""
    name = typographic(name)
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    first = unicodedata.normalize("NFD", name[:1].lower())[:1]
    return f"d’{name}" if first in _VOWELS else f"de {name}"


def capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def inhabitants(count: int | None) -> str:
    """« 2 144 habitants », « 1 habitant », nothing where nobody lives or nobody counted."""
    if not count:
        return ""
    figure = number_format(count, use_l10n=True, force_grouping=True)
    for space in (" ", "\u00a0"):
        figure = figure.replace(space, NARROW)
    return f"{figure}\u00a0{'habitant' if count == 1 else 'habitants'}"


def headline(name: str, population: int | None, *, has_news: bool) -> str:
    """The title of a commune's home: only what is true of it now."""
    at, people = capitalised(at_commune(name)), inhabitants(population)
    if people and has_news:
        return f"{at}, {people} et des nouvelles"
    if people:
        return f"{at}, {people}"
    return f"{at}, des nouvelles" if has_news else f"Bienvenue {at_commune(name)}"
