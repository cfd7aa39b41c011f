"""Finding pages by their words, without accents."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value
from django.db.models.expressions import Combinable

from tenants.directory.folding import fold


def vector_of(title: str, summary: str, text: str) -> Any:
    first: Combinable
    parts = ((title, "A"), (summary, "B"), (text, "C"))
    first, *others = (SearchVector(Value(fold(words)), weight=weight, config="french") for words, weight in parts)
    for other in others:
        first += other
    return first


def query_of(words: str) -> SearchQuery | None:
    """Every word as a beginning; None when nothing is left to look for."""
    terms = [term[:40] for term in fold(words).split() if len(term) > 1 or term.isdigit()][:8]
    return SearchQuery(" & ".join(f"{term}:*" for term in terms), search_type="raw", config="french") if terms else None
