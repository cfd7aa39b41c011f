"""Finding a commune by its name or postal code, homonyms told apart by their département."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Least
from django.db.models.lookups import LessThanOrEqual

from tenants.directory.departements import DEPARTEMENTS, departement_named
from tenants.directory.folding import fold
from tenants.models import OPEN, Commune, Space

LONGEST = 80
SHORTEST_GUESS, LONG_ENOUGH, MOST_CHANGES = 3, 5, 3
_BY_NAME = {fold(row.name): row.code for row in DEPARTEMENTS.values()} | {"reunion": "974"}
_BY_CODE = {row.code.lower(): row.code for row in DEPARTEMENTS.values()}


@dataclass(frozen=True, slots=True)
class Found:
    """A commune as a list of suggestions shows it; `opened` when its residents can read its space."""

    insee: str
    name: str
    slug: str
    departement: str
    departement_name: str
    population: int | None
    postal_codes: tuple[str, ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what was typed: words of a name, in a département where one was said."""

    words: tuple[str, ...]
    departement: str = ""

    @property
    def name(self) -> str:
        return " ".join(self.words)

    def within(self, condition: Q) -> Q:
        return condition & Q(departement=self.departement) if self.departement else condition


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody typed, understood. "Noyers sur Cher" is a name, and may be "Noyers sur" in the Cher: both are
    looked for. No reading has words where only a postal code, or its beginning, was typed."""

    readings: tuple[Reading, ...]
    postal_code: str = ""

    @property
    def name(self) -> str:
        return self.readings[0].name

    @property
    def names(self) -> list[str]:
        return [reading.name for reading in self.readings]


def understood(typed: str) -> Query:
    """Take apart "Ste-Colombe 05", "06360 Èze" or "saint denis la réunion"."""
    words = tuple(fold(typed[:LONGEST]).split())
    digits = [word for word in words if word.isdigit() and 3 <= len(word) <= 5]
    if digits and (len(words) == 1 or len(digits[0]) == 5):
        return Query((Reading(tuple(word for word in words if word not in digits)),), postal_code=digits[0])
    return Query((Reading(words), *_inside_departement(words)))


def matching(typed: str) -> QuerySet[Commune]:
    """Communes whose name has every word typed, or words that begin so, best first; none for an empty query."""
    query = understood(typed)
    if not query.name and not query.postal_code:
        return Commune.objects.none()
    asked = _any(query, _with_words)
    best = Case(
        When(folded__in=query.names, then=Value(0)),
        When(folded__startswith=query.name, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = _at(Commune.objects.filter(asked), query)
    return rows.order_by(best, F("population").desc(nulls_last=True), "sort_key", "insee")


def resembling(typed: str, *, limit: int) -> list[Commune]:
    """Communes whose name resembles a mistyped one, the closest first: those that few changes of letters make equal,
    else those that share much of it, which are longer to find.
    """
    query = understood(typed)
    if len(query.name) < SHORTEST_GUESS:
        return []
    near = _any(query, lambda name: _within_changes(name, changes(name)))
    alike = _any(query, lambda name: Q(folded__trigram_similar=name))
    return list(_closest(near, query)[:limit]) or list(_closest(alike, query)[:limit])


def one_letter_away(typed: str) -> QuerySet[Commune]:
    """Communes whose name is what was typed but for one letter."""
    query = understood(typed)
    return _closest(_any(query, lambda name: _within_changes(name, 1)), query)


def changes(name: str) -> int:
    """How many letters may be wrong in a name of this length; two that change places are two."""
    return min(MOST_CHANGES, (len(name) + 1) // 3)


def _closest(condition: Q, query: Query) -> QuerySet[Commune]:
    distance = Least(Distance(query.name, MOST_CHANGES), Value(MOST_CHANGES + 1))
    likeness = TrigramSimilarity("folded", query.name)
    rows = _at(Commune.objects.filter(condition), query).select_related("space")
    return rows.order_by(distance, likeness.desc(), F("population").desc(nulls_last=True), "insee")


@dataclass(frozen=True, slots=True)
class Answers:
    """The best answers; `guessed` when nothing matched and these only resemble what was typed."""

    found: tuple[Found, ...]
    guessed: bool = False


def find(typed: str, *, limit: int = 10) -> Answers:
    """The best answers, in one statement; two or three when the name may be mistyped."""
    found = tuple(map(shown, matching(typed).select_related("space")[:limit]))
    if not found:
        guesses = tuple(map(shown, resembling(typed, limit=limit)))
        return Answers(guesses, guessed=bool(guesses))
    names = understood(typed).names
    if len(found) < limit and len(names[0]) >= LONG_ENOUGH and not any(fold(each.name) in names for each in found):
        # Part of a longer name, or a mistake that makes one: "Beuville" is in two names, and a letter from Beuveille.
        others = one_letter_away(typed).exclude(pk__in=[each.insee for each in found])
        found += tuple(map(shown, others[: limit - len(found)]))
    return Answers(found)


def shown(commune: Commune) -> Found:
    space: Space | None = getattr(commune, "space", None)
    return Found(
        insee=commune.insee,
        name=commune.name,
        slug=commune.slug,
        departement=commune.departement,
        departement_name=departement_named(commune.departement).name,
        population=commune.population,
        postal_codes=tuple(commune.postal_codes),
        opened=space is not None and space.state in OPEN,
    )


def _any(query: Query, condition: Callable[[str], Q]) -> Q:
    return reduce(or_, (reading.within(condition(reading.name)) for reading in query.readings))


def _with_words(name: str) -> Q:
    return reduce(and_, (Q(folded__startswith=word) | Q(folded__contains=f" {word}") for word in name.split()), Q())


def _within_changes(name: str, most: int) -> Q:
    return Q(LessThanOrEqual(Distance(name, most), most))


class Distance(Func):
    """How many letters to add, take away or change; counted up to `most`."""

    function = "levenshtein_less_equal"
    output_field = IntegerField()

    def __init__(self, name: str, most: int) -> None:
        super().__init__(F("folded"), Value(name), Value(most))


def _at(rows: QuerySet[Commune], query: Query) -> QuerySet[Commune]:
    return rows.filter(postal_codes__overlap=_codes(query.postal_code)) if query.postal_code else rows


def _codes(beginning: str) -> list[str]:
    """Every postal code that begins so: a hundred for three digits."""
    missing = 5 - len(beginning)
    return [beginning + f"{end:0{missing}d}" if missing else beginning for end in range(10**missing)]


def _inside_departement(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """Take a département typed after the name: its code, or its name, with or without its article."""
    if len(words) > 1 and words[-1] in _BY_CODE:
        return (Reading(words[:-1], _BY_CODE[words[-1]]),)
    for cut in range(1, len(words)):
        if code := _BY_NAME.get(" ".join(words[cut:])):
            return (Reading(words[:cut], code),)
    return ()
