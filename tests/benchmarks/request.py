"""What a request pays for the tenancy and for the switch: the same page with those layers and without them.

Without them is plain Django in the same process: its own engine on one schema, the same middleware but ours, a site
that never changes, models whose rows do not know their commune. Rounds alternate; a SET is a statement; time is the CPU
time of this process.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections, models
from django.db.backends.postgresql.base import DatabaseWrapper as PlainWrapper
from django.template import engines
from django.test.utils import override_settings
from django.urls import clear_url_caches
from django.utils import timezone

from core.accounts.models import User
from core.tenancy.context import enter, entered
from core.tenancy.here import PUBLIC
from core.tenancy.models import CommuneModel
from modules.news.models import NewsItem
from tenants.sites import read_site, sites
from tests.benchmarks.machine import described, own_database
from tests.cast import Place, read

PAGE, ITEMS, TITLE = "/actualites/", 20, "Une nouvelle mesurée"
ROUNDS = (("cold 1", 8, 1), ("cold 2", 8, 1), ("warm 1", 8, 40), ("warm 2", 8, 40))  # name, blocks, requests in each
MOST_STATEMENTS, MOST_CPU = 2, 1.25
POOL = {"min_size": 1, "max_size": 2}
STOCK = {
    "tenants.middleware.HostMiddleware": "tests.benchmarks.request.same_site",
    "core.accounts.middleware.SpaceSession": "django.contrib.sessions.middleware.SessionMiddleware",
    "core.accounts.middleware.SpaceAuthentication": "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.accounts.middleware.SpaceMessages": "django.contrib.messages.middleware.MessageMiddleware",
}
OURS_ALONE = {"tenants.middleware.ModuleGate", "space.middleware.StateGate", "core.accounts.access.AccessGate"}
_the_site: list[Any] = []


def same_site(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The page's templates ask for a site: without our layers it is always this one."""

    def middleware(request: Any) -> Any:
        (request.site,) = _the_site
        return get_response(request)

    return middleware


@dataclass(slots=True)
class Measure:
    """What requests cost: CPU seconds of `requests`, and the statements of one."""

    cpu: float = 0
    requests: int = 0
    statements: int = 0

    def add(self, other: "Measure") -> None:
        self.cpu += other.cpu
        self.requests += other.requests
        self.statements = max(self.statements, other.statements)

    @property
    def milliseconds(self) -> float:
        return self.cpu * 1000 / self.requests


@dataclass(frozen=True, slots=True)
class Side:
    """A way to serve the page: with our layers, or as plain Django would."""

    name: str
    wrapper: Any
    handler: WSGIHandler
    rows_know: bool

    @contextmanager
    def serving(self) -> Iterator[None]:
        connections["default"] = self.wrapper
        kept = {name: CommuneModel.__dict__[name] for name in ("from_db", "save_base", "delete")}
        if not self.rows_know:
            for name in kept:
                setattr(CommuneModel, name, models.Model.__dict__[name])
        try:
            yield
        finally:
            for name, function in kept.items():
                setattr(CommuneModel, name, function)

    def forget(self) -> None:
        """As a process that has just started: no connection, no site, no template, no address."""
        self.wrapper.close()
        self.wrapper.close_pool()
        sites.clear()
        clear_url_caches()
        for engine in engines.all():
            templates: Any = engine
            for loader in templates.engine.template_loaders:
                loader.reset()

    def block(self, environ: dict[str, Any], requests: int, *, cold: bool) -> Measure:
        counted = 0

        def count(execute: Any, *arguments: Any) -> Any:
            nonlocal counted
            counted += 1
            return execute(*arguments)

        with self.serving():
            if cold:
                self.forget()
            begun = time.process_time()
            for _ in range(requests):
                self.ask(environ)
            spent = time.process_time() - begun
            if cold:
                self.forget()
            with self.wrapper.execute_wrapper(count):
                self.ask(environ)
        return Measure(spent, requests, counted)

    def ask(self, environ: dict[str, Any]) -> None:
        """As a server does: environ in, body out, and the end of the request said."""
        response: Any = self.handler({**environ, "wsgi.input": BytesIO()}, lambda *heard: lambda data: None)
        body = b"".join(response).decode()
        response.close()
        assert response.status_code == 200 and body.count(TITLE) == ITEMS, (response.status_code, body[:500])


def sides(place: Place) -> tuple[Side, Side]:
    ours = connections["default"]
    ours.close()
    ours.settings_dict["OPTIONS"] = {"pool": POOL}
    plain_settings = {**ours.settings_dict, "ENGINE": "django.db.backends.postgresql"}
    plain_settings["OPTIONS"] = {"pool": POOL, "options": f"-c search_path={place.schema_name},public"}
    stack = [STOCK.get(each, each) for each in settings.MIDDLEWARE if each not in OURS_ALONE]
    with_layers = WSGIHandler()
    with override_settings(MIDDLEWARE=stack):
        without = WSGIHandler()
    plain = connections["plain"] = PlainWrapper(plain_settings, "plain")
    return Side("with", ours, with_layers, True), Side("without", plain, without, False)


def browsers(place: Place) -> dict[str, dict[str, Any]]:
    """What a server hands over for an anonymous reader, one who is signed in, and one who writes the news."""
    with enter(place.schema_name):
        cookies = {"signed in": _cookie(place.resident.id), "editor": _cookie(place.editor.id)}
        for number in range(ITEMS):
            NewsItem.objects.create(
                title=f"{TITLE} {number}", summary="Pour voir.", state="published", published_at=timezone.now()
            )
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": PAGE,
        "HTTP_HOST": place.host,
        "HTTP_X_FORWARDED_PROTO": "https",
        "SERVER_NAME": place.host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.errors": None,
    }
    signed_in = {who: {**environ, "HTTP_COOKIE": cookie} for who, cookie in cookies.items()}
    return {"anonymous": environ, **signed_in}


def _cookie(key: UUID) -> str:
    user = User.objects.get(pk=key)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def measured(
    both: tuple[Side, Side], environ: dict[str, Any], blocks: int, requests: int, *, cold: bool
) -> list[Measure]:
    """The two sides in turn, each first every other time."""
    found = [Measure(), Measure()]
    for number in range(blocks):
        order = (0, 1) if number % 2 else (1, 0)
        for side in order:
            found[side].add(both[side].block(environ, requests, cold=cold))
    return found


def main() -> int:
    """1 when a warm request sends more than two statements over plain Django."""
    with own_database("request"), override_settings(ROOT_URLCONF=settings.SITE_URLCONFS["space"]):
        place = read().aubin
        with entered(PUBLIC):
            _the_site.append(read_site(place.host))
        readers = browsers(place)
        both = sides(place)
        for side in both:
            side.block(readers["signed in"], 2, cold=True)  # imports are paid here, by neither
        print(f"GET {PAGE}, {ITEMS} items. {described()}")
        print(f"{'':22}{'statements':>22}{'CPU ms a request':>24}")
        print(f"{'':22}{'with':>8}{'without':>8}{'more':>6}{'with':>8}{'without':>8}{'ratio':>8}")
        worst_statements, ratios = 0, [0.0]
        for who in ("anonymous", "signed in"):
            environ = readers[who]
            for name, blocks, requests in ROUNDS:
                cold = name.startswith("cold")
                ours, plain = measured(both, environ, blocks, requests, cold=cold)
                more, ratio = ours.statements - plain.statements, ours.cpu / plain.cpu
                print(
                    f"{who + ', ' + name:22}{ours.statements:>8}{plain.statements:>8}{more:>+6}"
                    f"{ours.milliseconds:>8.2f}{plain.milliseconds:>8.2f}{ratio:>8.2f}"
                )
                if not cold:
                    worst_statements, ratios = max(worst_statements, more), [*ratios, ratio]
        connections["default"] = both[0].wrapper
        for side in both:
            side.forget()
    few, cheap = worst_statements <= MOST_STATEMENTS, max(ratios) <= MOST_CPU
    print(f"Warm: at most {MOST_STATEMENTS} more statements: {'kept' if few else 'BROKEN'} ({worst_statements:+}).")
    print(f"Warm: at most {MOST_CPU} times the CPU: {'kept' if cheap else 'MISSED'} ({max(ratios):.2f}).")
    return 0 if few else 1
