from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import set_urlconf

from core.accounts.models import User
from core.organisation.models import Department, OpeningSlot
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from modules.presentation import hooks
from modules.presentation.actions import blocks, pages, versions
from modules.presentation.actions.blocks import Content
from modules.presentation.actions.pages import Heading
from modules.presentation.models import Collection, Member, Page, PageVersion, Stream, Term, UsefulLink
from modules.presentation.tests.facts import facts
from tests.cast import Cast

ANYONE: Any = AnonymousUser()


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


def written(author: User, body: str = "Un village de la vallée. Le château fut brûlé.") -> Page:
    """The summary page, that says this and is online."""
    page = pages.open_summary(facts=facts())
    content = Content(pages.written(body))
    blocks.change(page=page.pk, key=page.pk, content=content, author=author)
    versions.publish(page=page.pk, author=author)
    return page


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
    written(editor)
    [found] = hooks.search(words, ANYONE)
    assert found.url == "/commune/"


@pytest.mark.parametrize("words", ["", " ", "piscine", "chateau piscine", "'", "🏔", "%", "_"])
def test_a_search_for_something_else_does_not(editor: User, words: str) -> None:
    written(editor)
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


def test_a_draft_is_found_by_those_who_write_it_only(cast: Cast, editor: User) -> None:
    pages.start(heading=Heading("La salle des fêtes"), author=editor, key=uuid7())
    assert list(hooks.search("salle", ANYONE)) == []
    [found] = hooks.search("salle", editor)
    assert found.url.startswith("/mairie/commune/pages/")


def test_a_person_gets_what_they_did_to_the_pages(cast: Cast, editor: User) -> None:
    pages.start(heading=Heading("La salle des fêtes"), author=editor, key=uuid7())
    kinds = [str(kept.kind) for kept in hooks.personal_data(editor)]
    assert kinds == ["Page commencée", "Page modifiée"]
    assert list(hooks.personal_data(User.objects.get(pk=cast.aubin.administrator.id))) == []


def test_erasing_a_person_keeps_the_pages_and_forgets_who_changed_them(cast: Cast, editor: User) -> None:
    other = User.objects.get(pk=cast.aubin.administrator.id)
    page = pages.start(heading=Heading("La salle des fêtes"), author=editor, key=uuid7())
    written(editor)
    written(other, "Autre.")
    hooks.erase(editor)
    assert list(hooks.personal_data(editor)) == []
    assert Page.objects.filter(pk=page.pk, author=None).exists()
    assert PageVersion.objects.online().get().published_by == other


def test_pages_are_counted_without_the_deleted_ones(editor: User) -> None:
    page = pages.start(heading=Heading("La salle des fêtes"), author=editor, key=uuid7())
    hooks.opened(facts())
    hooks.opened(facts())
    assert next(iter(hooks.holdings())).count == 2
    pages.delete(key=page.pk, author=editor)
    assert next(iter(hooks.holdings())).count == 1
