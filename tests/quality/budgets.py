"""What a page may cost: said once, held in the tests and shown in docs/quality.md (architecture, §4)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page costs on its first view: bytes as a server sends them (Brotli; fonts as they are), requests with the
    page itself, elements, hosts that are not ours, SQL statements. Content pictures are weighed apart. None: not
    measured."""

    weight: int | None = None
    fonts: int | None = None
    requests: int | None = None
    nodes: int | None = None
    third_parties: int | None = None
    statements: int | None = None


PUBLIC = Cost(weight=100_000, fonts=45_000, requests=14, nodes=300, third_parties=0, statements=10)
SIGNED_IN = Cost(weight=120_000, fonts=45_000, requests=20, nodes=1_000, third_parties=0, statements=25)

# What is kept of oneself is asked of every service and module, each in a few statements.
ALL_OF_ONESELF = replace(SIGNED_IN, statements=60)

# What is to be done is asked of every service and module, and of the subscription.
TO_DO = replace(SIGNED_IN, statements=30)

# Whether the one who opened a commune is its mayor, and all that it was sold, is read beside what the directory says.
ACCOUNT = replace(SIGNED_IN, statements=32)

# A search asks every module, each in one statement: a module more is a statement more.
SEARCH = replace(PUBLIC, statements=8 + len(list(settings.CATALOGUE)))

BUDGETS = {
    "public": PUBLIC,
    "search": SEARCH,
    "signed in": SIGNED_IN,
    "one’s own data": ALL_OF_ONESELF,
    "to do": TO_DO,
    "account": ACCOUNT,
}


def exceeded(sort: str, cost: Cost) -> Iterator[str]:
    """What of a cost is over the budget of its sort of page."""
    budget = BUDGETS[sort]
    for each in fields(Cost):
        most, spent = getattr(budget, each.name), getattr(cost, each.name)
        if most is not None and spent is not None and spent > most:
            yield f"{each.name}: {spent}, at most {most}"
