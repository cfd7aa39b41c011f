"""Words that depend on a commune's name, « au Havre », « aux Ulis », « à Èze », on a number or on a date."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import number_format

NARROW = "\u202f"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_VOWELS = "aeiouyœæ"
_BEFORE, _AFTER = re.compile(r" (?=[:;!?»])"), re.compile(r"(?<=«) ")
_TIME = re.compile(r"\b(\d{1,2}) h(?: (\d{2}))?\b")


def typographic(name: str) -> str:
    return name.replace("'", "’")


def unbroken(text: str) -> str:
    """What no line break cuts, typed with plain spaces: « 13 h 30 », and a sign from the word that it goes with."""
    text = _BEFORE.sub("\u00a0", _AFTER.sub("\u00a0", text))
    return _TIME.sub(lambda found: "\u00a0".join(part for part in (found[1], "h", found[2]) if part), text)


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
    # The title's face closes its narrow space up: 2 144 would read 2144.
    at, people = capitalised(at_commune(name)), inhabitants(population).replace(NARROW, "\u00a0")
    if people and has_news:
        return f"{at}, {people} et des nouvelles"
    if people:
        return f"{at}, {people}"
    return f"{at}, des nouvelles" if has_news else f"Bienvenue {at_commune(name)}"


def day(moment: date, *, year: bool = True) -> str:
    """« 1er décembre 2026 », where the reader is."""
    there = _there(moment)
    number = "1er" if there.day == 1 else str(there.day)
    return f"{number} {MONTHS[there.month - 1]} {there.year}" if year else f"{number} {MONTHS[there.month - 1]}"


def weekday_day(moment: date) -> str:
    """« mardi 1er décembre », where the reader is."""
    there = _there(moment)
    return f"{WEEKDAYS[there.weekday()]} {day(there, year=False)}"


def day_and_time(moment: datetime) -> str:
    """« mardi 1er décembre 2026 à 8 h », where the reader is."""
    there = timezone.localtime(moment)
    minutes = f"\u00a0{there.minute:02}" if there.minute else ""
    return f"{WEEKDAYS[there.weekday()]} {day(moment)} à {there.hour}\u00a0h{minutes}"


def until(moment: datetime) -> str:
    """« jusqu’à 22 h » today, « jusqu’à demain, 8 h », « jusqu’au vendredi 4 décembre à 8 h », where the reader is."""
    there, today = timezone.localtime(moment), timezone.localdate()
    if there.date() == today:
        return f"jusqu’à {_hour(there)}"
    if there.date() == today + timedelta(days=1):
        return f"jusqu’à demain, {_hour(there)}"
    return f"jusqu’au {weekday_day(moment)} à {_hour(there)}"


def _hour(there: datetime) -> str:
    return f"{there.hour}\u00a0h\u00a0{there.minute:02}" if there.minute else f"{there.hour}\u00a0h"


def _there(moment: date) -> date:
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment
