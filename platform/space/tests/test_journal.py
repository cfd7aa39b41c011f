"""The journal says every act in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from core.accounts.models import User
from core.audit.actions import record
from core.audit.models import Entry
from space.journal import has_words, lines
from space.tests.conftest import Inside, Statements
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[3]


def verbs() -> Iterator[tuple[str, str]]:
    """Every verb that the code writes: the first argument of `record`, or what it was set to in the same function."""
    for folder in ("platform", "tenants", "modules", "billing"):
        for path in (ROOT / folder).rglob("*.py"):
            if "tests" in path.parts:
                continue
            for function in ast.walk(ast.parse(path.read_text())):
                if isinstance(function, ast.FunctionDef):
                    yield from ((str(path.relative_to(ROOT)), verb) for verb in written_by(function))


def written_by(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and node.args):
            continue
        match node.args[0]:
            case ast.Constant(value=str(verb)):
                yield verb
            case ast.Name(id=name):
                for each in ast.walk(function):
                    if isinstance(each, ast.Assign) and [getattr(it, "id", "") for it in each.targets] == [name]:
                        yield from chosen(each.value)


def chosen(value: ast.expr) -> Iterator[str]:
    """A verb written as such, or the one of two that a condition chooses."""
    if isinstance(value, ast.IfExp):
        yield from (*chosen(value.body), *chosen(value.orelse))
    else:
        assert isinstance(value, ast.Constant), ast.unparse(value)
        yield str(value.value)


def test_every_act_that_the_code_records_has_words() -> None:
    found = set(verbs())
    print(f"{len(found)} verbs")  # noqa: T201
    assert len({verb for _, verb in found}) >= 18
    assert not {(path, verb) for path, verb in found if not has_words(verb)}


@pytest.mark.parametrize(
    ("verb", "target", "detail", "said"),
    [
        ("accounts.role_granted", "a@b.fr", {"role": "editor"}, "a donné à a@b.fr le rôle « Rédaction »"),
        ("accounts.role_ended", "a@b.fr", {"role": "administrator"}, "a retiré à a@b.fr le rôle « Administration »"),
        ("accounts.role_granted", "compte supprimé", {}, "a donné à compte supprimé un rôle"),
        ("accounts.blocked", "a@b.fr", {"reason": "insultes"}, "a fermé l’accès de a@b.fr : insultes"),
        ("space.module_off", "news", {}, "a désactivé « Actualités »"),
        ("space.module_off", "gone", {}, "a désactivé « gone »"),
        ("space.options_set", "gone", {"size": 5}, "a changé les options de « gone »"),
        (
            "space.options_set",
            "news",
            {"show_author": False},
            "a changé les options de « Actualités » (Indiquer qui publie : non)",
        ),
        ("space.host_named", "ma-ville", {}, "a choisi l’adresse « ma-ville »"),
        ("space.host_named", "", {}, "a repris l’adresse d’origine"),
        ("news.published", "La fontaine", {}, "a publié « La fontaine »"),
        ("news.revised", "La fontaine", {}, "a modifié « La fontaine »"),
    ],
)
def test_an_act_is_the_end_of_a_sentence(
    verb: str, target: str, detail: dict[str, object], said: str, inside: Inside
) -> None:
    with inside():
        record(verb, target=target, **detail)
        (line,) = lines(Entry.objects.all())
    assert (line.who, line.act) == ("Beffroi", said)


def test_a_line_names_its_author_and_a_person_who_left_is_nobody(
    cast: Cast, administrator: Client, inside: Inside
) -> None:
    with inside():
        record("news.published", target="La fontaine", author=User.objects.get(pk=cast.aubin.editor.id))
        record("accounts.deleted")
    page = administrator.get("/mairie/journal/").content.decode()
    assert "<b>Editor</b> a publié « La fontaine »" in page
    assert "Une personne a supprimé son compte" in page


def test_the_journal_is_paged_and_costs_the_same_whatever_it_holds(
    administrator: Client, inside: Inside, statements: Statements
) -> None:
    with inside():
        authors = list(User.objects.all())
        record("news.published", target="Titre", author=authors[0])
    few = statements(administrator, "/mairie/journal/")
    with inside():
        for number in range(60):
            record("news.published", target=f"Titre {number}", author=authors[number % len(authors)])
    assert statements(administrator, "/mairie/journal/") == few
    assert "Page 2 sur 3" in administrator.get("/mairie/journal/", {"page": "2"}).content.decode()
