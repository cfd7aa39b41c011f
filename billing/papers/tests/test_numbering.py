"""Numbers follow each other without a gap, whoever asks at once and whatever fails."""

from datetime import date
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from time_machine import travel

from billing.models import Paper, Sequence
from billing.papers import OutsideTransaction, PaperKind, Series, keep, number
from core.tenancy.context import enter
from tests.at_once import at_once
from tests.cast import Cast

DAY, NEXT = date(2031, 5, 2), date(2032, 1, 1)


def test_each_series_and_each_year_counts_from_one(db: None) -> None:
    assert [number(Series.INVOICE, DAY) for _ in range(3)] == [f"FAC-2031-00000{rank}" for rank in (1, 2, 3)]
    assert number(Series.CREDIT_NOTE, DAY) == "AV-2031-000001"
    assert number(Series.INVOICE, NEXT) == "FAC-2032-000001"
    assert number(Series.INVOICE, DAY) == "FAC-2031-000004"


def test_the_year_is_that_of_the_paper_and_not_of_the_clock(db: None) -> None:
    with travel(date(2040, 1, 1)):
        assert number(Series.QUOTE, DAY) == "DEV-2031-000001"


def test_what_fails_leaves_no_gap(db: None) -> None:
    first = number(Series.ORDER, DAY)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        number(Series.ORDER, DAY)
        raise ZeroDivisionError
    assert [first, number(Series.ORDER, DAY)] == ["CMD-2031-000001", "CMD-2031-000002"]


def test_a_number_is_not_given_outside_a_transaction(committed: None) -> None:
    with pytest.raises(OutsideTransaction):
        number(Series.INVOICE, DAY)
    assert not Sequence.objects.filter(year=DAY.year).exists()


def test_who_asks_at_once_gets_numbers_without_a_gap_though_some_fail(committed_cast: Cast) -> None:
    """Eight at once from an empty series, three times over; every third one gives up after it was given a number."""

    def take(rank: int) -> str:
        with transaction.atomic():
            given = number(Series.INVOICE, DAY)
            keep(PaperKind.INVOICE, given, given.encode())
            if rank % 3 == 0:
                raise ZeroDivisionError
        return given

    done = [each for _ in range(3) for each in at_once(committed_cast.aubin, take, times=8)]
    given = [each for each in done if isinstance(each, str)]
    assert len(done) == 24
    assert len(given) == 15
    assert all(isinstance(each, ZeroDivisionError) for each in done if not isinstance(each, str))
    assert sorted(given) == [f"FAC-2031-{rank:06}" for rank in range(1, 16)]
    assert sorted(Paper.objects.filter(name__startswith="FAC-2031").values_list("name", flat=True)) == sorted(given)


def test_series_taken_in_any_order_do_not_wait_for_each_other(committed_cast: Cast) -> None:
    orders = list(permutations([Series.INVOICE, Series.CREDIT_NOTE, Series.ORDER]))

    def take(rank: int) -> str:
        with transaction.atomic():
            return " ".join(number(series, DAY) for series in orders[rank % len(orders)])

    done = [each for _ in range(4) for each in at_once(committed_cast.aubin, take, times=6)]
    assert [each for each in done if not isinstance(each, str)] == []
    assert set(Sequence.objects.filter(year=DAY.year).values_list("last", flat=True)) == {24}


def test_a_commune_and_the_public_schema_count_together(cast: Cast) -> None:
    first = number(Series.INVOICE, DAY)
    with enter(cast.aubin.schema_name):
        assert number(Series.INVOICE, DAY) != first


@pytest.mark.parametrize("change", ["update", "save", "delete"])
def test_what_is_kept_never_changes(db: None, change: str) -> None:
    paper = keep(PaperKind.SIGNED_QUOTE, "devis.pdf", b"%PDF")
    kept = Paper.objects.get(pk=paper.pk)
    assert (bytes(kept.content), len(kept.sha256)) == (b"%PDF", 64)
    kept.content = b"other"
    acts = {"update": lambda: Paper.objects.update(name="x"), "save": kept.save, "delete": kept.delete}
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        acts[change]()
    assert bytes(Paper.objects.get(pk=paper.pk).content) == b"%PDF"
