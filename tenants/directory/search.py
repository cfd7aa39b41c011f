"""Finding a commune by its name or postal code, homonyms told apart by their département."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from tenants.directory.departements import DEPARTEMENTS, departement_named
from tenants.directory.folding import fold
from tenants.models import Commune, Space

LONGEST = 80
SHORTEST_GUESS = 3
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
class Query:
    """What somebody typed, understood: words of a name, a postal code or its beginning, a département."""

    words: tuple[str, ...]
    postal_code: str = ""
    departement: str = ""

    @property
    def name(self) -> str:
        return " ".join(self.words)


def understood(typed: str) -> Query:
    """Take apart "Ste-Colombe 05", "06360 Èze" or "saint denis la réunion"."""
    words = fold(typed[:LONGEST]).split()
    digits = [word for word in words if word.isdigit() and 3 <= len(word) <= 5]
    if digits and (len(words) == 1 or len(digits[0]) == 5):
        return Query(tuple(word for word in words if word not in digits), postal_code=digits[0])
    name, departement = _split(words)
    return Query(tuple(name), departement=departement)


def matching(typed: str) -> QuerySet[Commune]:
    """Communes whose name has every word typed, or words that begin so, best first; none for an empty query."""
    query = understood(typed)
    if not query.words and not query.postal_code:
        return Commune.objects.none()
    rows = Commune.objects.all()
    for word in query.words:
        rows = rows.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
    best = Case(
        When(folded=query.name, then=Value(0)),
        When(folded__startswith=query.name, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return _inside(rows, query).order_by(best, F("population").desc(nulls_last=True), "sort_key", "insee")


def resembling(typed: str) -> QuerySet[Commune]:
    """Communes whose name resembles a mistyped one, the closest first."""
    query = understood(typed)
    if len(query.name) < SHORTEST_GUESS:
        return Commune.objects.none()
    rows = Commune.objects.filter(folded__trigram_similar=query.name)
    likeness = TrigramSimilarity("folded", query.name)
    return _inside(rows, query).order_by(likeness.desc(), F("population").desc(nulls_last=True), "insee")


@dataclass(frozen=True, slots=True)
class Answers:
    """The best answers; `guessed` when nothing matched and these only resemble what was typed."""

    found: tuple[Found, ...]
    guessed: bool = False


def find(typed: str, *, limit: int = 10) -> Answers:
    """The best answers, in one statement; two when the name is mistyped."""
    found = tuple(shown(commune) for commune in matching(typed).select_related("space")[:limit])
    if found:
        return Answers(found)
    guesses = tuple(shown(commune) for commune in resembling(typed).select_related("space")[:limit])
    return Answers(guesses, guessed=bool(guesses))


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
        opened=space is not None and space.state == Space.State.ACTIVE,
    )


def _inside(rows: QuerySet[Commune], query: Query) -> QuerySet[Commune]:
    if query.departement:
        rows = rows.filter(departement=query.departement)
    if query.postal_code:
        rows = rows.filter(postal_codes__overlap=_codes(query.postal_code))
    return rows


def _codes(beginning: str) -> list[str]:
    """Every postal code that begins so: a hundred for three digits."""
    missing = 5 - len(beginning)
    return [beginning + f"{end:0{missing}d}" if missing else beginning for end in range(10**missing)]


def _split(words: list[str]) -> tuple[list[str], str]:
    """Take a département typed after the name: its code, or its name, with or without its article."""
    if len(words) > 1 and words[-1] in _BY_CODE:
        return words[:-1], _BY_CODE[words[-1]]
    for cut in range(1, len(words)):
        if code := _BY_NAME.get(" ".join(words[cut:])):
            return words[:cut], code
    return words, ""
