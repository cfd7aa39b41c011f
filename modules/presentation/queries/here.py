"""What a request says of the commune."""

from typing import Any

from django.http import HttpRequest

from core.tenancy.registry import Locality


def facts_of(request: HttpRequest) -> Any:
    site: Any = request.site
    return site.commune


def where(request: HttpRequest) -> Locality:
    """Where the commune is, which the request's host said already."""
    facts = facts_of(request)
    return Locality(facts.insee, facts.departement, facts.timezone)
