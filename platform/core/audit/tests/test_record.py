"""A line of the journal is written with the act, and only with it."""

import pytest
from django.db import transaction

from core.accounts.models import User
from core.audit.actions import record
from core.audit.models import Entry
from core.tenancy.context import enter
from tests.cast import Cast


def test_a_line_keeps_who_what_and_how(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        author = User.objects.get(pk=cast.aubin.editor.id)
        record("news.published", target="La fontaine", author=author, scheduled=True)
        entry = Entry.objects.get()
    assert (entry.author, entry.author_id, entry.detail) == (author.email, author.pk, {"scheduled": True})


def test_an_act_that_fails_leaves_no_line(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        with pytest.raises(RuntimeError), transaction.atomic():
            record("news.published")
            raise RuntimeError
        assert not Entry.objects.exists()


def test_a_target_too_long_is_cut_and_the_platform_is_nobody(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        entry = record("news.published", target="t" * 300)
    assert (len(entry.target), entry.author, entry.author_id) == (200, "", None)


def test_the_latest_line_comes_first(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        for target in ("one", "two", "three"):
            record("news.published", target=target)
        assert [entry.target for entry in Entry.objects.all()] == ["three", "two", "one"]
