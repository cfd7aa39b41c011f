"""A commune of France picked at random, among those that have no space yet."""

import random
from dataclasses import dataclass

from deploy.local.visitor import Unexpected, Visitor
from tenants.directory.slugs import assign_slugs
from tenants.directory.source import communes

TRIES = 30
NOT_THE_MAIRIES = "Cette page n’est pas celle de la mairie"


@dataclass(frozen=True)
class Found:
    """A commune as the walk knows it; `slug` is its host's first name."""

    insee: str
    name: str
    departement: str
    slug: str

    def __str__(self) -> str:
        return f"{self.name} ({self.departement})"


def unopened(visitor: Visitor, seed: int) -> Found:
    """Draw a commune whose host answers that its mairie has not opened it. The seed gives the order of the draws."""
    rows = list(communes())
    slugs = assign_slugs((row.insee, row.name, row.departement) for row in rows)
    for row in random.Random(seed).sample(rows, TRIES):  # noqa: S311 - a draw, not a secret
        found = Found(row.insee, row.name, row.departement, slugs[row.insee])
        page = visitor.get(visitor.address.url(found.slug))
        if page.status == 200 and NOT_THE_MAIRIES in page.text:
            return found
    raise Unexpected(f"None of {TRIES} communes drawn at random is still to be opened.")
