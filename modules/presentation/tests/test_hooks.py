from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import set_urlconf

from core.accounts.models import User
from core.organisation.models import Department, OpeningSlot
from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.actions import page as actions
from modules.presentation.actions.page import Content
from modules.presentation.models import Collection, CommunePage, Member, PageEdit, Stream, Term, UsefulLink
from modules.presentation.tests.facts import facts
from tests.cast import Cast

ANYONE: Any = AnonymousUser()
CONTENT = Content(
    title="Sainte-Colombe",
    introduction="Un village de la vallée.",
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


def revised(author: User | None, **changes: Any) -> CommunePage:
    page = CommunePage.objects.first()
    content = Content(**{name: changes.get(name, getattr(CONTENT, name)) for name in Content.__slots__})
    version = page.version if page else 1
    return actions.revise(facts=facts(), version=version, content=content, author=author)


def test_the_home_shows_the_mairie_once_something_is_known_of_it() -> None:
    assert list(hooks.home(ANYONE)) == []
    mairie = Department.objects.create(name="Mairie")
    assert list(hooks.home(ANYONE)) == []
    mairie.phone = "04 00 00 00 00"
    mairie.save()
    [section] = hooks.home(ANYONE)
    assert section.aside


@pytest.mark.parametrize("words", ["chateau", "VALLÉE", "brule village"])
def test_a_search_finds_the_page_by_what_it_says(editor: User, words: str) -> None:
    revised(editor)
    [found] = hooks.search(words, ANYONE)
    assert found.url == "/commune/"


@pytest.mark.parametrize("words", ["", " ", "piscine", "chateau piscine", "'", "🏔", "%", "_"])
def test_a_search_for_something_else_does_not(editor: User, words: str) -> None:
    revised(editor)
    assert list(hooks.search(words, ANYONE)) == []


def test_a_search_before_any_page_finds_nothing() -> None:
    assert list(hooks.search("mairie", ANYONE)) == []


def test_the_first_steps_ask_for_what_the_directory_lacks_and_are_taken_one_by_one() -> None:
    assert [step.done for step in hooks.first_steps()] == [False] * 5
    mairie = Department.objects.create(name="Mairie", phone="04 00 00 00 00")
    OpeningSlot.objects.create(department=mairie, weekday=3, opens="14:00", closes="17:00")
    assert [step.done for step in hooks.first_steps()] == [True, True, False, False, False]
    Member.objects.create(term=Term.objects.create(), first_name="Ada", surname="Lac", function="Maire")
    UsefulLink.objects.create(label="Impôts", url="https://exemple.fr")
    Collection.objects.create(stream=Stream.SORTED, weekdays=[1])
    assert all(step.done for step in hooks.first_steps())


def test_a_person_gets_what_they_changed_in_the_words_of_the_form(cast: Cast, editor: User) -> None:
    revised(editor)
    [kept] = hooks.personal_data(editor)
    assert {"introduction", "histoire"} <= set(kept.content["champs"])
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
    before, *_others = hooks.holdings()
    revised(editor)
    revised(editor, introduction="Autre.")
    hooks.opened(facts())
    after, *_others = hooks.holdings()
    assert (before.count, after.count, CommunePage.objects.count()) == (0, 1, 1)
