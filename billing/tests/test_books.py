"""Versions of the price book: which one sells, and that what was sold never changes."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from billing.actions.books import (
    DayPassed,
    DayTaken,
    NotWhole,
    discard,
    draft_from,
    load_books,
    publish,
    rewrite,
    sold_keys,
)
from billing.models import PriceVersion
from billing.models.book import Sold
from billing.prices import BookError
from billing.queries.books import NoPrices, book_in_force, in_force, newest, unpriced
from core.accounts.models import User
from core.audit.models import Entry
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tests.cast import Cast

TODAY = date(2027, 2, 3)


@pytest.fixture
def author(cast: Cast) -> User:
    with entered(OPERATOR):
        return User.objects.get(pk=cast.operator.id)


def at(content: dict[str, Any], cents: int) -> dict[str, Any]:
    """The same prices with another one for the base of the smallest, by month."""
    changed: dict[str, Any] = json.loads(json.dumps(content))
    changed["base"]["monthly"][0] = cents
    return changed


def verbs() -> list[str]:
    with entered(OPERATOR):
        return list(Entry.objects.order_by("at", "pk").values_list("verb", flat=True))


def test_every_module_of_the_catalogue_has_a_price_in_the_newest_book(db: None) -> None:
    """One that has none: give it a line in the next file of billing/books/."""
    assert not unpriced(newest(), sold_keys())
    assert sold_keys() <= set(newest().book.modules)


def test_the_books_of_the_code_are_in_force_and_loaded_once(db: None) -> None:
    assert in_force(TODAY).number == book_in_force(TODAY).number == 1
    assert load_books() == []
    call_command("load_price_books")
    assert PriceVersion.objects.count() == 1
    with pytest.raises(NoPrices):
        in_force(PriceVersion.objects.get(number=1).in_force_from - timedelta(days=1))


def test_a_draft_sells_nothing_and_a_published_version_from_its_day_on(author: User) -> None:
    first, later = in_force(), timezone.localdate() + timedelta(days=30)
    draft = draft_from(source=first, author=author)
    rewrite(key=draft.pk, content=at(first.content, 450), author=author)
    assert newest() == first
    publish(key=draft.pk, on=later, author=author)
    assert in_force(later - timedelta(days=1)) == first
    assert in_force(later).book.base.monthly[0] == 450
    assert verbs() == ["billing.book_drafted", "billing.book_changed", "billing.book_published"]


def test_prices_may_be_published_for_today(author: User) -> None:
    draft = draft_from(source=in_force(), author=author)
    publish(key=draft.pk, on=timezone.localdate(), author=author)
    assert in_force() == draft


def test_two_clicks_make_one_draft(author: User) -> None:
    first = in_force()
    assert draft_from(source=first, author=author) == draft_from(source=first, author=author)
    assert verbs() == ["billing.book_drafted"]


def test_a_draft_is_thrown_away_and_its_number_is_free_again(author: User) -> None:
    draft = draft_from(source=in_force(), author=author)
    discard(key=draft.pk, author=author)
    assert draft_from(source=in_force(), author=author).number == draft.number


def test_a_draft_that_is_no_book_is_refused(author: User) -> None:
    draft = draft_from(source=in_force(), author=author)
    with pytest.raises(BookError) as refused:
        rewrite(key=draft.pk, content=at(draft.content, -1), author=author)
    assert [fault.place for fault in refused.value.faults] == ["base.monthly[0]"]


def test_publishing_refuses_days_that_are_over_or_taken_and_what_is_not_whole(author: User) -> None:
    today = timezone.localdate()
    first = draft_from(source=in_force(), author=author)
    with pytest.raises(DayPassed):
        publish(key=first.pk, on=today - timedelta(days=1), author=author)
    publish(key=first.pk, on=today, author=author)
    second = draft_from(source=first, author=author)
    with pytest.raises(DayTaken):
        publish(key=second.pk, on=today, author=author)
    rows = [row for row in second.content["modules"] if row["key"] != "news"]
    rewrite(key=second.pk, content={**second.content, "modules": rows, "packs": []}, author=author)
    with pytest.raises(NotWhole) as refused:
        publish(key=second.pk, on=today + timedelta(days=1), author=author)
    assert refused.value.keys == {"news"}
    with pytest.raises(Sold):
        publish(key=first.pk, on=today + timedelta(days=9), author=author)


def test_a_published_version_is_never_changed_nor_erased(author: User) -> None:
    sold = in_force()
    with pytest.raises(Sold):
        rewrite(key=sold.pk, content=at(sold.content, 1), author=author)
    with pytest.raises(Sold):
        discard(key=sold.pk, author=author)
    sold.content = at(sold.content, 1)
    with pytest.raises(Sold):
        sold.save()
    with pytest.raises(Sold):
        sold.delete()


@pytest.mark.parametrize(
    "statement",
    [
        "update public.billing_priceversion set content = '{}' where number = 1",
        "update public.billing_priceversion set published_at = null where number = 1",
        "update public.billing_priceversion set in_force_from = '2030-01-01' where number = 1",
        "update public.billing_priceversion set number = 7 where number = 1",
        "delete from public.billing_priceversion where number = 1",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_sold(db: None, statement: str) -> None:
    before = PriceVersion.objects.values_list().get(number=1)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert PriceVersion.objects.values_list().get(number=1) == before
