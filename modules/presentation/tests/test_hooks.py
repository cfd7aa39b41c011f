from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import set_urlconf

from core.accounts.models import User
from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.actions import page as actions
from modules.presentation.actions.links import Link
from modules.presentation.actions.page import Content
from modules.presentation.models import CommunePage, PageEdit
from modules.presentation.tests.facts import facts
from tests.cast import Cast

ANYONE: Any = AnonymousUser()
CONTENT = Content(
    title="Sainte-Colombe",
    introduction="Un village de la vallée.",
    address="",
    phone="",
    email="",
    opening_hours="",
    history="Le château fut brûlé.",
)


@pytest.fixture(autouse=True)
def _inside(cast: Cast) -> Iterator[None]:
    """In the commune and with its addresses, as a request of its host."""
    set_urlconf(settings.SITE_URLCONFS["space"])
    with enter(cast.aubin.schema_name):
        yield
    set_urlconf(None)


@pytest.fixture
def editor(cast: Cast) -> User:
    return User.objects.get(pk=cast.aubin.editor.id)


def revised(author: User | None, *links: Link, **changes: Any) -> CommunePage:
    page = CommunePage.objects.first()
    content = Content(**{name: changes.get(name, getattr(CONTENT, name)) for name in Content.__slots__})
    version = page.version if page else 1
    return actions.revise(facts=facts(), version=version, content=content, links=links, author=author)


@pytest.mark.parametrize(
    "known", [{"opening_hours": "Jeudi"}, {"address": "1 place"}, {"phone": "112"}, {"email": "a@b.fr"}]
)
def test_the_home_shows_the_mairie_once_something_is_known_of_it(editor: User, known: dict[str, str]) -> None:
    assert list(hooks.home(ANYONE)) == []
    revised(editor)
    assert list(hooks.home(ANYONE)) == []
    revised(editor, **known)
    [section] = hooks.home(ANYONE)
    assert section.aside


@pytest.mark.parametrize("words", ["chateau", "VALLÉE", "brule village", "horaires", "mairie", "impots"])
def test_a_search_finds_the_page_by_what_it_says(editor: User, words: str) -> None:
    revised(editor, Link("Impôts", "https://exemple.fr"))
    [found] = hooks.search(words, ANYONE)
    assert found.url == "/commune/"


@pytest.mark.parametrize("words", ["", " ", "piscine", "chateau piscine", "'", "🏔", "%", "_"])
def test_a_search_for_something_else_does_not(editor: User, words: str) -> None:
    revised(editor)
    assert list(hooks.search(words, ANYONE)) == []


def test_a_search_before_any_page_finds_nothing() -> None:
    assert list(hooks.search("mairie", ANYONE)) == []


def test_the_first_steps_are_taken_once_hours_and_address_are_written(editor: User) -> None:
    assert [step.done for step in hooks.first_steps()] == [False, False]
    revised(editor, opening_hours="Jeudi", address="1 place", phone="04 00")
    assert [step.done for step in hooks.first_steps()] == [True, True]
    assert {step.url for step in hooks.first_steps()} == {"/mairie/commune/"}


def test_a_person_gets_what_they_changed_in_the_words_of_the_form(cast: Cast, editor: User) -> None:
    revised(editor, Link("Lien", "https://exemple.fr"))
    [kept] = hooks.personal_data(editor)
    assert {"introduction", "histoire", "liens utiles"} <= set(kept.content["champs"])
    assert list(hooks.personal_data(User.objects.get(pk=cast.aubin.administrator.id))) == []


def test_erasing_a_person_keeps_the_page_and_forgets_who_changed_it(cast: Cast, editor: User) -> None:
    other = User.objects.get(pk=cast.aubin.administrator.id)
    revised(editor)
    revised(other, introduction="Autre.")
    hooks.erase(editor)
    assert CommunePage.objects.get().introduction == "Autre."
    assert sorted(str(edit.author_id) for edit in PageEdit.objects.all()) == sorted(["None", str(other.pk)])
    assert list(hooks.personal_data(editor)) == []


def test_a_commune_has_one_page(editor: User) -> None:
    [before] = hooks.holdings()
    revised(editor)
    revised(editor, introduction="Autre.")
    hooks.opened(facts())
    [after] = hooks.holdings()
    assert (before.count, after.count, CommunePage.objects.count()) == (0, 1, 1)
