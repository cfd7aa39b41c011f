from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core.audit.models import Entry
from core.catalogue import Viewer
from core.media.models import Asset
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from modules.news import actions
from modules.news.actions import EditedMeanwhile, Showing, Then
from modules.news.models import Attachment, ItemState, NewsItem, Revision, Transition
from modules.news.tests.writing import (
    EVERY_STATE,
    content,
    fresh,
    picture,
    published,
    scheduled,
    user,
    withdrawn,
    written,
)
from tests.cast import Cast

_WAS_PUBLIC = {ItemState.PUBLISHED, ItemState.UNPUBLISHED, ItemState.EXPIRED, ItemState.ARCHIVED}


class WritesOnly:
    """A role to come: it writes and does not publish."""

    is_authenticated = True

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm == "news.write"


def verbs(place: Any) -> list[str]:
    with enter(place.schema_name):
        return list(Entry.objects.filter(verb__startswith="news.").order_by("pk").values_list("verb", flat=True))


def test_who_may_not_publish_does_not_change_what_is_public(cast: Cast) -> None:
    item = published(cast.aubin)
    author: Viewer = WritesOnly()
    with enter(cast.aubin.schema_name), pytest.raises(PermissionDenied):
        actions.revise(key=item.pk, version=item.version, content=content(title="Autre"), author=author)
    assert fresh(cast.aubin, item).title == item.title


@pytest.mark.parametrize("field", ["title", "summary"])
@pytest.mark.parametrize("typed", ["", "   ", "\x00\x07", "\n\r\n"])
def test_an_item_says_something(cast: Cast, field: str, typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        written(cast.aubin, **{field: typed})
    assert field in refusal.value.error_dict


@pytest.mark.parametrize(("field", "longest"), [("title", 80), ("summary", 160)])
def test_a_text_too_long_is_refused(cast: Cast, field: str, longest: int) -> None:
    assert len(getattr(written(cast.aubin, **{field: "é" * longest}), field)) == longest
    with pytest.raises(ValidationError) as refusal:
        written(cast.aubin, **{field: "é" * (longest + 1)})
    assert field in refusal.value.error_dict


def test_a_theme_that_does_not_exist_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        written(cast.aubin, theme="politics")


def test_each_step_leaves_a_line_in_the_journal(cast: Cast) -> None:
    item = withdrawn(cast.aubin)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.editor)
        actions.revise(key=item.pk, version=item.version, content=content(title="Autre"), author=author)
        actions.schedule(key=item.pk, when=timezone.now() + timedelta(hours=1), author=author)
        actions.unpublish(key=item.pk, author=author)
        draft = actions.write(content=content(), author=author)
        actions.delete_draft(key=draft.pk, author=author)
    assert verbs(cast.aubin) == [
        f"news.{verb}"
        for verb in (
            "written", "published", "unpublished", "revised", "scheduled", "unscheduled", "written", "deleted",
        )
    ]  # fmt: skip


def test_publishing_twice_publishes_once(cast: Cast) -> None:
    item = published(cast.aubin)
    with enter(cast.aubin.schema_name):
        again = actions.publish(key=item.pk, author=user(cast.aubin.administrator))
        assert again.published_at == item.published_at
        assert Transition.objects.filter(item=item, state="published").count() == 1
    assert verbs(cast.aubin).count("news.published") == 1


def test_who_published_and_who_withdrew_is_known(cast: Cast) -> None:
    item = published(cast.aubin)
    with enter(cast.aubin.schema_name):
        actions.unpublish(key=item.pk, author=user(cast.aubin.administrator))
        steps = [(step.state, step.author_id) for step in Transition.objects.filter(item=item).order_by("at")]
    assert steps == [("published", cast.aubin.editor.id), ("unpublished", cast.aubin.administrator.id)]


def test_an_item_is_public_again_under_a_new_date(cast: Cast) -> None:
    item = withdrawn(cast.aubin)
    with enter(cast.aubin.schema_name):
        again = actions.publish(key=item.pk, author=user(cast.aubin.editor))
        assert again.published_at > item.published_at
        assert Transition.objects.filter(item=item, state="published").count() == 2


@pytest.mark.parametrize("make", [published, scheduled, withdrawn])
def test_only_a_draft_is_deleted(cast: Cast, make: Any) -> None:
    item = make(cast.aubin)
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError):
        actions.delete_draft(key=item.pk, author=user(cast.aubin.administrator))
    assert fresh(cast.aubin, item)


def test_the_second_of_two_who_edit_is_told(cast: Cast) -> None:
    item = written(cast.aubin)
    with enter(cast.aubin.schema_name):
        first, second = user(cast.aubin.editor), user(cast.aubin.administrator)
        actions.revise(key=item.pk, version=item.version, content=content(title="La sienne"), author=first)
        with pytest.raises(EditedMeanwhile) as told:
            actions.revise(key=item.pk, version=item.version, content=content(title="La mienne"), author=second)
    assert told.value.item.title == "La sienne"
    assert fresh(cast.aubin, item).title == "La sienne"


@pytest.mark.parametrize("then", Then)
def test_a_form_sent_twice_is_heard_once(cast: Cast, then: Then) -> None:
    moment = timezone.now() + timedelta(days=1)
    sent: dict[str, Any] = {"key": uuid7(), "content": content(attachments=(picture(cast.aubin),)), "then": then}
    sent["showing"] = Showing(expire_at=moment + timedelta(days=1))
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.editor)
        for version in (None, None, 1, 1):
            actions.submit(**sent, version=version, publish_at=moment, author=author)
        assert NewsItem.objects.count() == Asset.objects.count() == Revision.objects.count() == 1
    assert verbs(cast.aubin).count("news.written") == 1
    assert len(verbs(cast.aubin)) == (1 if then is Then.KEEP else 2)


def test_another_text_under_the_same_key_is_a_conflict(cast: Cast) -> None:
    item = written(cast.aubin)
    with enter(cast.aubin.schema_name), pytest.raises(EditedMeanwhile):
        actions.write(key=item.pk, content=content(title="Autre"), author=user(cast.aubin.editor))


def test_what_is_asked_happens_whole_or_not_at_all(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        with pytest.raises(ValidationError):
            actions.submit(
                key=uuid7(),
                version=None,
                content=content(attachments=(picture(cast.aubin),)),
                then=Then.SCHEDULE,
                publish_at=timezone.now() - timedelta(hours=1),
                author=user(cast.aubin.editor),
            )
        assert not NewsItem.everything.exists()
        assert not Attachment.objects.exists()
        assert not Entry.objects.filter(verb__startswith="news.").exists()


@pytest.mark.parametrize("make", EVERY_STATE)
def test_what_an_item_is_and_its_dates_agree(cast: Cast, make: Any) -> None:
    item = fresh(cast.aubin, make(cast.aubin))
    assert (item.publish_at is not None) == (item.state == ItemState.SCHEDULED)
    assert (item.published_at is not None) == (item.state in _WAS_PUBLIC)


def test_letters_that_xml_cannot_write_are_left_out(cast: Cast) -> None:
    item = written(cast.aubin, title="La\x00 mai\x1brie", body="Un\x07\r\nmot\ufffe")
    assert (item.title, item.body) == ("La mairie", "<p>Un mot</p>")
