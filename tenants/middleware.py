"""The two doors of every request: which site answers, and whether its module is on."""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.utils import timezone

from core.tenancy.context import entered
from tenants.hosts import origin
from tenants.sites import Site, sites

GetResponse = Callable[[HttpRequest], HttpResponse]


class HostMiddleware:
    """Puts the site on the request, chooses its urlconf, and runs the rest inside its schema, at its hour."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().partition(":")[0].rstrip(".").lower()
        site = sites.find(host)
        if site is None:
            return HttpResponseNotFound("Adresse inconnue.", content_type="text/plain; charset=utf-8")
        if site.moved_to:
            # A commune may come back to its first name: browsers must not keep the way for ever.
            headers = {"Cache-Control": "max-age=600"}
            return HttpResponsePermanentRedirect(origin(site.moved_to) + request.get_full_path(), headers=headers)
        request.site = cast(Any, site)  # the stubs know django.contrib.sites only
        request.urlconf = settings.SITE_URLCONFS[site.kind]
        zone = ZoneInfo(site.commune.timezone) if site.commune else None
        with entered(site.here), timezone.override(zone):
            return self.get_response(request)


class ModuleGate:
    """Answers 404 for every URL of a module that is off: views carry no check."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        module = module_of_namespaces(match.namespaces) if match else ""
        site = cast(Site, request.site)
        if module and (site.space is None or module not in site.space.modules):
            raise Http404(f"{module} is off")


def module_of_namespaces(namespaces: list[str]) -> str:
    """The module a URL belongs to: its namespace is the slug, or the slug, a hyphen and the surface."""
    slug = namespaces[0].partition("-")[0] if namespaces else ""
    return slug if slug in settings.CATALOGUE else ""
