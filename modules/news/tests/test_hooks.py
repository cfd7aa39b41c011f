"""What the news add to the shared pages, asked as those pages ask."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import set_urlconf

from core.accounts.models import User
from core.catalogue import Visibility
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from modules.news import actions, hooks
from modules.news.models import NewsItem, Revision, Transition
from modules.news.tests.writing import (
    archived,
    content,
    expired,
    fresh,
    picture,
    published,
    scheduled,
    submitted,
    user,
    withdrawn,
    written,
)
from tests.cast import Cast

ANYONE: Any = AnonymousUser()


@pytest.fixture
def inside(cast: Cast) -> Iterator[None]:
    """In the commune and with its addresses, as a request of its host."""
    set_urlconf(settings.SITE_URLCONFS["space"])
    with enter(cast.aubin.schema_name):
        yield
    set_urlconf(None)


@pytest.fixture
def editor(cast: Cast) -> User:
    return user(cast.aubin.editor)


def test_nothing_published_adds_nothing_to_the_home(cast: Cast, inside: None) -> None:
    for make in (written, scheduled, withdrawn):
        make(cast.aubin)
    assert list(hooks.home(ANYONE)) == []


def test_the_home_shows_the_newest_first_and_in_large(cast: Cast, inside: None) -> None:
    older, newer = published(cast.aubin), published(cast.aubin)
    [section] = hooks.home(ANYONE)
    assert section.context["lead"] == newer
    assert section.context["others"] == [older]
    assert not section.aside


def test_a_resident_has_nothing_to_do(cast: Cast, inside: None) -> None:
    written(cast.aubin)
    assert list(hooks.tasks(ANYONE)) == []
    assert list(hooks.tasks(user(cast.aubin.resident))) == []


def test_what_is_begun_or_waits_for_its_time_is_to_do(cast: Cast, inside: None, editor: User) -> None:
    draft, waiting = written(cast.aubin), scheduled(cast.aubin)
    published(cast.aubin), withdrawn(cast.aubin)
    first, second = sorted(hooks.tasks(editor), key=lambda task: task.urgency)
    assert (first.url, first.label) == (f"/mairie/actualites/{draft.pk}/", "Brouillon")
    assert (second.url, second.label) == (f"/mairie/actualites/{waiting.pk}/apercu/", "Programmée")


def test_the_to_do_list_is_not_flooded(cast: Cast, inside: None, editor: User) -> None:
    for _ in range(hooks.MOST_TASKS + 2):
        written(cast.aubin)
    assert len(list(hooks.tasks(editor))) == hooks.MOST_TASKS


def test_a_search_finds_what_one_may_see(cast: Cast, inside: None, editor: User) -> None:
    drafted, public = written(cast.aubin), published(cast.aubin)
    gone = withdrawn(cast.aubin)
    assert [found.url for found in hooks.search("mairie", ANYONE)] == [f"/actualites/{public.pk}/"]
    assert {found.url for found in hooks.search("mairie", editor)} == {
        f"/actualites/{public.pk}/",
        f"/mairie/actualites/{drafted.pk}/apercu/",
        f"/mairie/actualites/{gone.pk}/apercu/",
    }


@pytest.mark.parametrize("words", ["fetes ecole", "FÊTE", "école", "œuvre", "oeuvr", "st-martin", "saint martin"])
def test_a_search_forgives_accents_case_endings_and_the_order(cast: Cast, inside: None, words: str) -> None:
    published(cast.aubin, title="École : la fête", summary="Une œuvre de Saint-Martin", body="fêtes")
    assert len(list(hooks.search(words, ANYONE))) == 1


@pytest.mark.parametrize("words", ["", " ", "'", "a & b | !", ":*", "\\", "zzz", "🏔", "<->", "mairie zzz", "é" * 500])
def test_a_search_for_anything_answers(cast: Cast, inside: None, words: str) -> None:
    published(cast.aubin)
    assert list(hooks.search(words, ANYONE)) == []


def test_a_title_outranks_a_text(cast: Cast, inside: None) -> None:
    in_text = published(cast.aubin, title="Autre", body="La piscine rouvre.")
    in_title = published(cast.aubin, title="La piscine rouvre")
    found = sorted(hooks.search("piscine", ANYONE), key=lambda each: -each.rank)
    assert [each.url for each in found] == [f"/actualites/{item.pk}/" for item in (in_title, in_text)]


@pytest.mark.parametrize(("make", "done"), [(written, False), (scheduled, False), (published, True), (withdrawn, True)])
def test_the_first_step_is_taken_once_something_was_public(cast: Cast, inside: None, make: Any, done: bool) -> None:
    [step] = hooks.first_steps()
    assert not step.done
    make(cast.aubin)
    [step] = hooks.first_steps()
    assert step.done is done


def test_a_person_gets_all_that_is_known_of_what_they_wrote(cast: Cast, inside: None, editor: User) -> None:
    withdrawn(cast.aubin, attachments=(picture(cast.aubin),))
    kinds = [kept.kind for kept in hooks.personal_data(editor)]
    assert set(kinds) == {
        "Actualité : publiée",
        "Actualité : retirée",
        "Actualité écrite",
        "Version d’une actualité",
    }
    [text] = [kept.content for kept in hooks.personal_data(editor) if kept.kind == "Actualité écrite"]
    assert "Un mot.\n\nUn autre." in text.values()
    assert list(hooks.personal_data(user(cast.aubin.administrator))) == []


def test_all_that_is_kept_is_counted_whatever_its_state(cast: Cast, inside: None) -> None:
    for make in (written, scheduled, published, withdrawn):
        make(cast.aubin)
    [held] = hooks.holdings()
    assert held.count == 4


def test_erasing_a_person_keeps_the_news_and_forgets_who_wrote_them(cast: Cast, inside: None, editor: User) -> None:
    waiting, public = scheduled(cast.aubin), published(cast.aubin, attachments=(picture(cast.aubin),))
    withdrawn(cast.aubin)
    hooks.erase(editor)
    assert NewsItem.objects.count() == 3
    assert not list(hooks.personal_data(editor))
    assert not NewsItem.objects.exclude(author=None, scheduled_by=None).exists()
    assert not Transition.objects.exclude(author=None).exists()
    assert not Revision.objects.exclude(author=None).exists()
    assert fresh(cast.aubin, public).is_published
    assert fresh(cast.aubin, waiting).is_scheduled


def test_erasing_one_person_forgets_no_other(cast: Cast, inside: None, editor: User) -> None:
    other = user(cast.aubin.administrator)
    item = actions.publish(key=actions.write(content=content(), author=other).pk, author=other)
    hooks.erase(editor)
    assert len(list(hooks.personal_data(other))) == 3
    assert fresh(cast.aubin, item).author_id == other.pk


@pytest.mark.parametrize(
    ("make", "seen"),
    [
        (written, Visibility.STAFF),
        (scheduled, Visibility.STAFF),
        (withdrawn, Visibility.STAFF),
        (published, Visibility.PUBLIC),
        (submitted, Visibility.STAFF),
        (expired, Visibility.STAFF),
        (archived, Visibility.PUBLIC),
    ],
)
def test_a_picture_is_as_visible_as_its_item(cast: Cast, inside: None, make: Any, seen: Visibility) -> None:
    item = make(cast.aubin, attachments=(picture(cast.aubin),))
    assert hooks.owns_media(fresh(cast.aubin, item).assets[0].pk) is seen


def test_a_picture_of_nobody_is_unknown(inside: None) -> None:
    assert hooks.owns_media(uuid7()) is Visibility.UNKNOWN
