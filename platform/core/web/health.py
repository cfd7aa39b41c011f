"""Is this process able to serve, and what may robots read?"""

import logging
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

OPEN_TO_ROBOTS = "User-agent: *\nDisallow: /mairie/\nDisallow: /compte/\nDisallow: /connexion/\nDisallow: /recherche/\n"
CLOSED_TO_ROBOTS = "User-agent: *\nDisallow: /\n"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")


def _cache() -> None:
    proof = token_hex(8)
    cache.set("healthz", proof, 10)
    if cache.get("healthz") is None:
        raise RuntimeError("the cache forgets what it is given")


def _broker() -> None:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=3)


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache, "broker": _broker}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when every server that a request needs answers, else 503; why is logged, not shown."""
    state: dict[str, Any] = {}
    for name, check in CHECKS.items():
        try:
            check()
        except Exception:
            logger.exception("health: %s does not answer", name)
            state[name] = "down"
        else:
            state[name] = "ok"
    healthy = all(each == "ok" for each in state.values())
    return JsonResponse({"ok": healthy, **state}, status=200 if healthy else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The portal and the spaces that are open to the public are read; the rest is not."""
    site: Any = request.site
    readable = site.kind == "portal" or (site.space is not None and site.space.is_active)
    return HttpResponse(OPEN_TO_ROBOTS if readable else CLOSED_TO_ROBOTS, content_type="text/plain; charset=utf-8")
