"""Asking sites for whatever they answer, and looking there for what is another commune's."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.core import mail
from django.db import connection, transaction
from django.test import Client

from billing.models import Invoice, Order, Quote
from core.tenancy.context import enter
from core.tenancy.jobs import module_of
from tests.planting import WORD, Mark, Plot, marks_of, names_an_object
from tests.walks import Route, commune_jobs, routes, shared_models

OPERATOR, ADMINISTRATOR = "the operator", "its administrator"
SIGN_IN = "/connexion/"
PROBES = "probes: "  # the summary of a run shows the lines that begin so


@dataclass(frozen=True, slots=True)
class Statement:
    schema_name: str
    sql: str

    @property
    def writes(self) -> bool:
        return self.sql.lstrip().lower().startswith(("insert", "update", "delete", "drop", "alter", "create"))


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Every statement of the block, with the schema in which it ran."""
    seen: list[Statement] = []

    def note(execute: Any, sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        done = execute(sql, parameters, many, context)
        seen.append(Statement(context["connection"].schema_name, str(sql)))
        return done

    with connection.execute_wrapper(note):
        yield seen


@contextmanager
def undone() -> Iterator[None]:
    """A block whose writes are taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def state_of(plot: Plot) -> str:
    """A word that changes when a row of the commune does, or one that the registry keeps of it."""
    with enter(plot.schema_name), connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = %s order by 1", [plot.schema_name])
        parts = [f"select md5(string_agg(t::text, '|' order by t::text)) from \"{name}\" t" for (name,) in cursor]
        cursor.execute(" union all ".join(parts))
        own = [str(digest) for (digest,) in cursor]
        kept = [str(model._base_manager.filter(pk=plot[model].pk).values()) for model in shared_models()]
    return "".join([*own, *kept])


def told(response: Any) -> str:
    """All that a response says: its body, its headers, its cookies."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{response.cookies.output()}\n{body.decode(errors='replace')}"


def copied(browser: Client) -> Client:
    """The same browser with the same cookies, so that what it is told to forget does not last."""
    other = Client(headers={"host": browser.defaults["HTTP_HOST"], "x-forwarded-proto": "https"})
    other.cookies = deepcopy(browser.cookies)
    other.handler = browser.handler  # its middleware is ready, and remembers nobody
    return other


def ask(browser: Client, method: str, route: Route, url: str, said: Mapping[str, Any] | None = None) -> Any:
    """What a route answers, its body read to the end; programs speak JSON."""
    spoken = {"content_type": "application/json"} if method != "get" and face(route) == "rest" else {}
    response = getattr(copied(browser), method)(url, said or {}, **spoken)
    if response.streaming:
        response.streaming_content = [b"".join(response.streaming_content)]
    return response


def unsafe_methods(route: Route) -> tuple[str, ...]:
    """How something is sent there: pages know one way, programs every way."""
    return ("post", "put", "patch", "delete") if face(route) == "rest" else ("post",)


def face(route: Route) -> str:
    """Which kind of answer a route gives."""
    if route.surface == "api":
        return "rest"
    if route.path.endswith((".atom", ".ics", ".xml")):
        return "feeds"
    if route.name in {"media", "space:search"}:
        return {"media": "files", "space:search": "search"}[route.name]
    return "office pages" if route.path.startswith("mairie/") else f"{route.kind} pages"


@dataclass(frozen=True, slots=True)
class Leak:
    """Where something of a commune was seen, or touched, from elsewhere."""

    where: str
    who: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}, {self.who}: {self.what}"


@dataclass(slots=True)
class Walk:
    """A walk over other sites than the victim's: what was asked there of whom, and what was seen of it."""

    victim: Plot
    probes: Counter[str] = field(default_factory=Counter)
    leaks: list[Leak] = field(default_factory=list)

    def over(
        self,
        kind: str,
        plot: Plot,
        browsers: Mapping[str, Client],
        *,
        writing: bool = False,
        objects_only: bool = False,
    ) -> None:
        """Ask every route of a kind of site (or those that name an object) for a plot's objects, as everybody."""
        state = state_of(self.victim)
        for route in routes(kind):
            if objects_only and not route.parameters:
                continue
            url = plot.url(route)
            for who, browser in browsers.items():
                for method in unsafe_methods(route) if writing else ("get",):
                    self.probes[f"{face(route)} {method.upper()}"] += 1
                    asked = f"{method.upper()} {route}"
                    with undone():
                        with statements() as made:
                            response = ask(browser, method, route, url, {"q": WORD})
                        faults = self._faults(route, who, response, made, foreign=plot is self.victim)
                        if any(each.writes for each in made) and state_of(self.victim) != state:
                            faults.append("changed another commune")
                    self.leaks += [Leak(asked, who, fault) for fault in faults]

    def _faults(self, route: Route, who: str, response: Any, made: list[Statement], *, foreign: bool) -> list[str]:
        faults = []
        schema_name = self.victim.schema_name
        if route.kind != "console" and any(each.schema_name == schema_name for each in made):
            faults.append("ran a statement in another commune")
        if seen := set(marks_of(schema_name).findall(told(response))) - self._may_see(route, who):
            faults.append(f"saw {', '.join(sorted(seen))}")
        if foreign and names_an_object(route) and is_answer(response):
            faults.append(f"answered {response.status_code} for another commune's object")
        return faults

    def _may_see(self, route: Route, who: str) -> set[str]:
        """The operator reads in the console what a commune told the platform, and nothing of what it holds itself.

        Whoever holds a quote's secret address reads it, its order and what was invoiced of it."""
        if route.kind == "portal" and "quote" in route.parameters:
            return {Mark.of(self.victim.schema_name, model).secret for model in (Quote, Order, Invoice)}
        if route.kind != "console" or who != OPERATOR:
            return set()
        return {Mark.of(self.victim.schema_name, model).secret for model in shared_models()}


def is_answer(response: Any) -> bool:
    """Neither refused, nor sent to sign in, nor led back to the page above, which the walk asks by itself."""
    leads_to = response.headers.get("Location", "")
    led_back = bool(leads_to) and response.request["PATH_INFO"].startswith(leads_to)
    return response.status_code < 400 and not led_back and not leads_to.startswith(SIGN_IN)


def told_apart(probes: Counter[str], name: str, *needed: str) -> None:
    """Print how much was asked, per kind; a walk that asked nothing of a kind proves nothing about it."""
    print(f"{PROBES}{name}: {', '.join(f'{kind} {count}' for kind, count in sorted(probes.items()))}")  # noqa: T201
    assert probes
    assert all(probes[kind] for kind in needed or probes), f"{name}: nothing was asked of a kind"


def run_jobs(walk: Walk, plot: Plot) -> None:
    """Run every job of the communes for a plot's, and look at what the victim's had to do with it."""
    state = state_of(walk.victim)
    for job in commune_jobs():
        mail.outbox.clear()
        walk.probes[f"jobs of {module_of(job.name) or 'the platform'}"] += 1
        with undone():
            with statements() as made:
                job.apply(kwargs=plot.arguments(job), headers={"space": plot.schema_name}, throw=True)
            faults = ["changed another commune"] if state_of(walk.victim) != state else []
        if any(each.schema_name == walk.victim.schema_name for each in made):
            faults.append("ran a statement in another commune")
        if seen := set(marks_of(walk.victim.schema_name).findall("".join(map(_written, mail.outbox)))):
            faults.append(f"wrote of {', '.join(sorted(seen))}")
        walk.leaks += [Leak(job.name, plot.schema_name, fault) for fault in faults]


def _written(message: Any) -> str:
    return str(message.message()) + " ".join(message.recipients())
