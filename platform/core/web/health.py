"""Does this process live, can it serve, is the work done in time; and what may robots read?

Each answers a name for what fails and nothing more: why is logged. None counts as a visit, asks which site it is on or
is kept anywhere; what was found is believed for REMEMBERED seconds, so that asking often costs nothing.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from core.web.checks import READY, WORK

logger = logging.getLogger(__name__)

REMEMBERED = 2.0
OPEN_TO_ROBOTS = "User-agent: *\nDisallow: /mairie/\nDisallow: /compte/\nDisallow: /connexion/\nDisallow: /recherche/\n"
CLOSED_TO_ROBOTS = "User-agent: *\nDisallow: /\n"


class Probe:
    """A set of checks, run at most once in REMEMBERED seconds by one thread at a time."""

    def __init__(self, checks: Mapping[str, Callable[[], None]]) -> None:
        self.checks = checks
        self._lock = threading.Lock()
        self._found: tuple[float, list[str]] | None = None

    def failing(self) -> list[str]:
        with self._lock:
            if self._found is None or time.monotonic() - self._found[0] > REMEMBERED:
                self._found = (
                    time.monotonic(),
                    [name for name, check in self.checks.items() if not _holds(name, check)],
                )
            return self._found[1]

    def forget(self) -> None:
        with self._lock:
            self._found = None

    def answer(self) -> HttpResponse:
        failing = self.failing()
        return JsonResponse({"ok": not failing, "failing": failing}, status=503 if failing else 200)


def _holds(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:
        logger.exception("health: %s fails", name)
        return False
    return True


ready, work = Probe(READY), Probe(WORK)


def alive() -> HttpResponse:
    return JsonResponse({"ok": True})


ANSWERS: dict[str, Callable[[], HttpResponse]] = {"/healthz": alive, "/readyz": ready.answer, "/workz": work.answer}


class HealthMiddleware:
    """Answers on any host, before the database is asked whose it is: probes know addresses, not names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path)
        if answer is None:
            return self.get_response(request)
        response = answer() if request.method in {"GET", "HEAD"} else HttpResponse(status=405, headers={"Allow": "GET"})
        response["Cache-Control"] = "no-store"
        return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The portal and the spaces that are open to the public are read; the rest is not."""
    site: Any = request.site
    readable = site.kind == "portal" or (site.space is not None and site.space.is_open)
    return HttpResponse(OPEN_TO_ROBOTS if readable else CLOSED_TO_ROBOTS, content_type="text/plain; charset=utf-8")
