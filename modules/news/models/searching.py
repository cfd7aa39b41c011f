"""Words that are looked for in the news."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value
from django.db.models.expressions import Combinable

from tenants.directory.folding import fold


def search_vector(title: str, summary: str, body: str) -> Any:
    parts = ((title, "A"), (summary, "B"), (body, "C"))
    first: Combinable
    first, *others = (SearchVector(Value(fold(text)), weight=weight, config="french") for text, weight in parts)
    for other in others:
        first += other
    return first


def search_query(words: str) -> SearchQuery | None:
    """Every word, without accents, as a beginning. None when nothing is left to look for."""
    terms = [term[:40] for term in fold(words).split() if len(term) > 1 or term.isdigit()][:8]
    return SearchQuery(" & ".join(f"{term}:*" for term in terms), search_type="raw", config="french") if terms else None
