"""Typing into the forms of a site, and what came of it: faults, each with what was typed."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from core.delivery.mail.claiming import letter_of
from core.delivery.mail.letter import message
from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR, Here
from tests.found_forms import FoundForm, encoded, forms_in
from tests.naughty import BODIES, EVALUATED, HEADER, HOSTILE, ODD, TAG, as_read, as_shown
from tests.probing import copied, undone
from tests.walks import Route, routes

FORM = "application/x-www-form-urlencoded"
SESSIONS = "django_session"
# Rows of a form, and how many there are: what the first row takes, the others take.
FORMSET, LATER = re.compile(r"-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$"), re.compile(r"-[1-9]\d*-")
COUNTS = ("9" * 30, "1000000", "-1", "NaN")


@dataclass(slots=True)
class Written:
    """What the statements of a block wrote, sessions excepted: their tables' SQL, and every value."""

    statements: list[str] = field(default_factory=list)
    values: str = ""

    def holds(self, typed: str) -> bool:
        """Whether a text was written as typed; the blanks around it may go, line ends may be one character, and what
        is kept as HTML is escaped."""
        wanted = as_read(typed).strip()
        forms = {wanted, wanted.replace("\r\n", "\n"), escape(wanted, quote=False)}
        return any(each in self.values or json.dumps(each, ensure_ascii=False)[1:-1] in self.values for each in forms)


@contextmanager
def written() -> Iterator[Written]:
    seen = Written()

    def note(execute: Any, sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        done = execute(sql, parameters, many, context)
        if str(sql).lstrip().lower().startswith(("insert", "update", "delete")) and SESSIONS not in str(sql):
            seen.statements.append(str(sql))
            seen.values += "\n".join(_plain(each) for each in parameters or ())
        return done

    with connection.execute_wrapper(note):
        yield seen


def _plain(value: Any) -> str:
    inner = getattr(value, "obj", getattr(value, "adapted", value))
    return inner if isinstance(inner, str) else json.dumps(inner, ensure_ascii=False, default=str)


def counts(schemas: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """How many rows every table of these schemas has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select schemaname, tablename from pg_tables where schemaname = any(%s) and tablename <> %s order by 1, 2",
            [list(schemas), SESSIONS],
        )
        asked = " union all ".join(f'select \'{s}.{t}\', count(*) from "{s}"."{t}"' for s, t in cursor.fetchall())
        cursor.execute(f"{asked} order by 1")
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Target:
    """A form, where it was found and by whom."""

    kind: str
    who: str
    browser: Client
    url: str
    form: FoundForm
    route: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.who} at {self.url} ({self.route})"


@dataclass(slots=True)
class Typist:
    """`home` is the schema that the site's people live in, empty for those of the portal."""

    home: Here | None
    probes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _before: list[tuple[Any, ...]] | None = None
    _turn: int = 0

    def find(self, kind: str, browsers: Mapping[str, tuple[Client, str]], urls: Mapping[Route, str]) -> list[Target]:
        """Every form of every page that these people may read, each form once; each has a beginning of addresses."""
        found: dict[tuple[str, tuple[str, ...]], Target] = {}
        for route, url in urls.items():
            for who, (browser, beginning) in browsers.items():
                if not url.startswith(beginning):
                    continue
                with undone():
                    page = copied(browser).get(url)
                self.probes["pages"] += 1
                if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
                    b"".join(page)  # a file is closed at its end
                    continue
                for form in forms_in(page.content.decode()):
                    leads = urljoin(url, form.action or url)
                    name = _named(route.urlconf, urlsplit(leads).path)
                    if name and form.method == "post":
                        found.setdefault((name, form.names), Target(kind, who, browser, leads, form, name))
        return list(found.values())

    # -- What is typed

    def type_odd(self, target: Target) -> None:
        """Odd texts where somebody writes, the rest as it stands; taken, they are written as typed."""
        typed = [each.name for each in target.form.fields if each.is_typed]
        for at, what in enumerate(ODD if typed else ()):
            values = {name: list(ODD.values())[(at + shift) % len(ODD)] for shift, name in enumerate(typed)}
            wrote = self._send(target, what, encoded(target.form.filled(values)), values)
            if wrote is None or not wrote.statements:
                continue
            self.probes["taken"] += 1
            for name, value in values.items():
                if not wrote.holds(value):
                    self.faults.append(f"{target}: {name} was taken and is not kept as typed: {value!r}")

    def type_hostile(self, target: Target) -> None:
        """Every value in some field once; then fields that miss or repeat, and two bodies in turn that are no form."""
        names, sent = tuple(each for each in target.form.names if not FORMSET.search(each)), list(HOSTILE.items())
        for start in range(0, len(sent), len(names)) if names else ():
            batch = [sent[(self._turn + start + shift) % len(sent)] for shift in range(len(names))]
            values = {name: value for name, (_, value) in zip(names, batch, strict=True)}
            what = ", ".join(f"{name}: {said}" for name, (said, _) in zip(names, batch, strict=True))
            self._send(target, what, encoded(target.form.filled(values)), values)
        for name in target.form.names:
            if not LATER.search(name):
                self._send(target, f"no {name}", encoded([each for each in target.form.filled({}) if each[0] != name]))
            for count in COUNTS if FORMSET.search(name) else ():
                self._send(target, f"{name} is {count[:9]}", encoded(target.form.filled({name: count})))
        twice = target.form.filled({})
        self._send(target, "everything twice", encoded([*twice, *((name, "zq") for name, _ in twice)]))
        self._send(target, "nothing", "")
        for shift in range(2):
            what, (content_type, body) = list(BODIES.items())[(2 * self._turn + shift) % len(BODIES)]
            self._send(target, what, body, content_type=content_type)
        self._turn += 1

    # -- What came of it

    def _send(
        self,
        target: Target,
        what: str,
        body: str | bytes,
        values: Mapping[str, str] | None = None,
        content_type: str = FORM,
    ) -> Written | None:
        """What was written when it was taken, None when it was refused."""
        self.probes[f"{target.kind} forms"] += 1
        cache.clear()  # nothing is refused for having been asked too often
        with undone(), written() as wrote:
            before = self._rows(wrote)
            try:
                answer = copied(target.browser).generic("POST", target.url, body, content_type=content_type)
            except Exception as error:
                self.faults.append(f"{target}, {what}: {type(error).__name__}: {error}"[:400])
                return None
            faults = list(attacks(answer))
            if self.home is not None and any(OutgoingEmail._meta.db_table in each for each in wrote.statements):
                faults += self._mails()
            if answer.status_code >= 400:
                faults += refused(answer, target, values or {})
                if wrote.statements and self._rows(wrote) != before:
                    faults.append(f"refused ({answer.status_code}), and half of it was saved")
        self.faults += [f"{target}, {what}: {fault}" for fault in faults]
        return wrote if answer.status_code < 400 else None

    def _rows(self, wrote: Written) -> list[tuple[Any, ...]]:
        """Counted once in a walk before anything is written, since every block is taken back."""
        schemas = ("public", OPERATOR.schema_name, *([self.home.schema_name] if self.home else []))
        if wrote.statements:
            return counts(schemas)
        self._before = self._before or counts(schemas)
        return self._before

    def _mails(self) -> Iterator[str]:
        assert self.home is not None
        with entered(self.home):
            for mail in OutgoingEmail.objects.order_by("-created_at")[:3]:
                if not mail.subject:
                    continue
                try:
                    sent = message(letter_of(mail, "Mairie", mail.not_before, 0)).message()
                except ValueError as error:
                    yield f"wrote a mail that cannot leave: {error}"
                    continue
                if any(name.startswith(HEADER) for name, _ in sent.items()) or len(sent.get_all("To") or ()) != 1:
                    yield "wrote a header into a mail"


def _named(urlconf: str, path: str) -> str:
    try:
        return resolve(path, urlconf).view_name
    except Resolver404:
        return ""


def attacks(answer: Any) -> Iterator[str]:
    """What an answer must never hold, whatever was typed."""
    if answer.status_code >= 500:
        yield f"answered {answer.status_code}"
    if any(HEADER.lower() in name.lower() or "\n" in value for name, value in answer.items()):
        yield "wrote a header"
    if answer.streaming:
        return
    body = answer.content.decode(errors="replace")
    if TAG in body and "json" not in answer.headers.get("Content-Type", ""):
        yield "showed what was typed as a tag"
    if EVALUATED in body:
        yield "ran what was typed as a template"


def refused(answer: Any, target: Target, values: Mapping[str, str]) -> Iterator[str]:
    """A refusal says a sentence, and gives back what was typed."""
    page = answer.content.decode(errors="replace")
    says = 'class="error"' in page or 'class="summary"' in page or "<h1" in page or answer.status_code == 405
    if not says:
        yield f"refused ({answer.status_code}) without a sentence"
    if answer.status_code != 422:
        return
    own = [form for form in forms_in(page) if target.form.names and form.names == target.form.names]
    if not own:
        own = [form for form in forms_in(page) if set(values) <= set(form.names)]
    for each in target.form.fields:
        if each.name in values and each.is_typed and own:
            back = own[0].value_of(each.name)
            wanted = as_shown(values[each.name])
            kept = {wanted, wanted.replace("\ufffd", "")}  # formatted text drops it, and blanks that nothing follows
            if back is None or (as_shown(back) not in kept and wanted.strip()):
                yield f"{each.name} did not come back as typed: {values[each.name][:40]!r} became {(back or '')[:40]!r}"


def urls_of(kind: str, plot: Any) -> dict[Route, str]:
    return {route: plot.url(route) for route in routes(kind) if not route.path.startswith(("deconnexion", "media/"))}
