"""What exists: every route of every kind of site, every model, every job. Whatever is added is walked."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from core.accounts.access import Access, access_of
from core.tenancy.jobs import CommuneTask, module_of

KINDS = tuple(sorted(settings.SITE_URLCONFS))


@dataclass(frozen=True, slots=True)
class Route:
    """One address of one kind of site; `name` is what `reverse` takes, empty when the route has none."""

    kind: str
    name: str
    path: str
    parameters: tuple[str, ...]
    pattern: URLPattern

    @property
    def access(self) -> Access | None:
        return access_of(self.pattern.callback)

    @property
    def scope(self) -> str:
        """Whose route it is: the first word of its namespace, empty without one."""
        namespace, colon, _ = self.name.partition(":")
        return namespace.partition("-")[0] if colon else ""

    @property
    def surface(self) -> str:
        """Which face of a module it belongs to: what follows the slug in its namespace."""
        namespace, colon, _ = self.name.partition(":")
        return namespace.partition("-")[2] if colon else ""

    @property
    def urlconf(self) -> str:
        return str(settings.SITE_URLCONFS[self.kind])

    def __str__(self) -> str:
        return f"{self.kind}: {self.name or '(no name)'} /{self.path}"


def routes(kind: str) -> list[Route]:
    found = list(_below(kind, get_resolver(settings.SITE_URLCONFS[kind]), "", "", ()))
    assert found
    return found


def _below(kind: str, resolver: URLResolver, path: str, namespace: str, parameters: tuple[str, ...]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        here, taken = path + str(each.pattern), parameters + _parameters(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _below(kind, each, here, inner, taken)
        else:
            yield Route(kind, f"{namespace}{each.name}" if each.name else "", here, taken, each)


def _parameters(pattern: Any) -> tuple[str, ...]:
    return tuple(pattern.converters) if isinstance(pattern, RoutePattern) else tuple(pattern.regex.groupindex)


def module_routes(slug: str) -> list[Route]:
    """Every address of one module in a commune's space."""
    return [route for route in routes("space") if route.scope == slug]


def commune_models() -> list[type[Model]]:
    """Every model with a table in each commune's schema, those of other people's apps included."""
    return _models(settings.TENANT_APPS)


def shared_models() -> list[type[Model]]:
    """Every model with a table in the public schema."""
    return _models(settings.SHARED_APPS)


def _models(packages: list[str]) -> list[type[Model]]:
    found = [
        model
        for config in apps.get_app_configs()
        if config.name in packages
        for model in config.get_models(include_auto_created=True)
        if not model._meta.proxy
    ]
    assert found
    return found


def commune_jobs() -> list[Any]:
    """Every registered job that runs in a commune, but those that a test registers."""
    found = [task for name, task in sorted(current_app.tasks.items()) if isinstance(task, CommuneTask)]
    found = [task for task in found if not task.name.startswith("tests.")]
    assert found
    return found


def module_jobs(slug: str) -> list[Any]:
    return [task for task in commune_jobs() if module_of(task.name) == slug]


def owed_jobs(slug: str) -> list[Any]:
    """Those of them that a row may owe: they are told nothing."""
    return [job for job in module_jobs(slug) if not inspect.signature(job.run).parameters]
