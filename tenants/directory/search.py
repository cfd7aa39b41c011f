"""Finding a commune by its name or postal code, homonyms told apart by their département."""

from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from tenants.directory.departements import DEPARTEMENTS, departement_named
from tenants.directory.folding import fold
from tenants.models import Commune, Space

_BY_NAME = {fold(row.name): row.code for row in DEPARTEMENTS.values()}
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


def matching(query: str) -> QuerySet[Commune]:
    """Communes that answer a query, best first; none for an empty one."""
    words = fold(query)[:80].split()
    if not words:
        return Commune.objects.none()
    if len(words) == 1 and words[0].isdigit() and len(words[0]) >= 3:
        return _by_postal_code(words[0])
    name, departement = _split(words)
    inside = Q(folded__startswith=name) | Q(folded__contains=f" {name}")
    rows = Commune.objects.filter(inside)
    if departement:
        rows = rows.filter(departement=departement)
    best = Case(
        When(folded=name, then=Value(0)),
        When(folded__startswith=name, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(best, F("population").desc(nulls_last=True), "sort_key", "insee")


def find(query: str, *, limit: int = 10) -> list[Found]:
    """The best answers, in one statement."""
    return [shown(commune) for commune in matching(query).select_related("space")[:limit]]


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


def _by_postal_code(digits: str) -> QuerySet[Commune]:
    if len(digits) == 5:
        rows = Commune.objects.filter(postal_codes__contains=[digits])
    else:
        rows = Commune.objects.extra(
            where=["exists (select from unnest(postal_codes) code where code like %s)"], params=[f"{digits}%"]
        )
    return rows.order_by(F("population").desc(nulls_last=True), "sort_key", "insee")


def _split(words: list[str]) -> tuple[str, str]:
    """Take a département typed after the name: its code, or its name."""
    if len(words) > 1 and words[-1] in _BY_CODE:
        return " ".join(words[:-1]), _BY_CODE[words[-1]]
    for cut in range(1, len(words)):
        if code := _BY_NAME.get(" ".join(words[cut:])):
            return " ".join(words[:cut]), code
    return " ".join(words), ""
