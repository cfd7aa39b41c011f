"""Gives each request its act, its commune's clock, and the header that ties a complaint to its log lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.telemetry.place import Act, act, new_id
from core.tenancy.jobs import module_of

HEADER = "X-Request-Id"


class ActMiddleware:
    """Stands first: even a refused host has an act."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mine = Act(new_id())
        token = act.set(mine)
        try:
            response = self.get_response(request)
        finally:
            act.reset(token)
        response[HEADER] = mine.id
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        now, match = act.get(), request.resolver_match
        if now is None or match is None:
            return
        module = module_of(match.namespaces[0].partition("-")[0] + ".") if match.namespaces else ""
        site = str(getattr(getattr(request, "site", None), "kind", ""))
        act.set(replace(now, route=match.route, module=module, site=site))
