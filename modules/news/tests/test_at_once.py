"""Two people, or one who presses twice, at the same moment: real transactions."""

from typing import Any

from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from modules.news import actions
from modules.news.actions import EditedMeanwhile, Then
from modules.news.models import NewsItem, Transition
from modules.news.tests.writing import content, fresh, user, written
from tests.at_once import at_once
from tests.cast import Cast


def test_an_item_published_by_several_at_once_is_published_once(committed_cast: Cast) -> None:
    place = committed_cast.aubin
    item, author = written(place), user(place.editor)
    done = at_once(place, lambda _: actions.publish(key=item.pk, author=author))
    assert [type(each) for each in done] == [NewsItem] * 4
    with enter(place.schema_name):
        assert Transition.objects.filter(item=item, state="published").count() == 1


def test_a_form_sent_several_times_at_once_makes_one_item(committed_cast: Cast) -> None:
    place, key = committed_cast.aubin, uuid7()
    author = user(place.editor)
    sent: dict[str, Any] = {"key": key, "version": None, "content": content(), "publish_at": None, "author": author}
    done = at_once(place, lambda _: actions.submit(**sent, then=Then.PUBLISH))
    assert [getattr(each, "pk", each) for each in done] == [key] * 4
    with enter(place.schema_name):
        assert NewsItem.objects.count() == Transition.objects.count() == 1


def test_of_several_who_correct_at_once_one_is_heard_and_the_others_are_told(committed_cast: Cast) -> None:
    place = committed_cast.aubin
    item, author = written(place), user(place.editor)

    def correct(number: int) -> NewsItem:
        return actions.revise(key=item.pk, version=1, content=content(title=f"Titre {number}"), author=author)

    done = at_once(place, correct)
    kept = [each for each in done if isinstance(each, NewsItem)]
    assert len(kept) == 1
    assert sum(isinstance(each, EditedMeanwhile) for each in done) == 3
    assert fresh(place, item).title == kept[0].title
