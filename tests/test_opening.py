"""A commune's space is opened once and whole, or not at all."""

import threading

import pytest
from django.db import Error, connection

from core.tenancy.context import enter
from core.tenancy.errors import NoSuchSpace
from tenants import opening
from tenants.leaving.erasing import erase_space
from tenants.models import Commune, Space
from tenants.opening import AlreadyOpen, open_space
from tenants.template import template
from tests.cast import Cast


def calme(cast: Cast) -> Commune:
    return Commune.objects.get(pk=cast.calme_insee)


def traces(cast: Cast) -> tuple[bool, bool]:
    """Whether there is a row, whether there is a schema."""
    name = f"c{cast.calme_insee}"
    with connection.cursor() as cursor:
        cursor.execute("select to_regnamespace(%s) is not null", [name])
        return Space.objects.filter(schema_name=name).exists(), cursor.fetchone() == (True,)


def test_a_commune_is_opened_once(cast: Cast) -> None:
    open_space(calme(cast))
    assert traces(cast) == (True, True)
    with pytest.raises(AlreadyOpen):
        open_space(calme(cast))


@pytest.mark.parametrize("step", [0, 1, 40, -1])
def test_an_error_at_any_step_leaves_neither_schema_nor_row(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    statements = list(template())
    statements.insert(step % (len(statements) + 1), "select 1 / 0")
    monkeypatch.setattr(opening, "template", lambda: tuple(statements))
    with pytest.raises(Error):
        open_space(calme(cast))
    assert traces(cast) == (False, False)


def test_a_process_that_dies_on_the_way_leaves_neither_schema_nor_row(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = (*template()[:20], "select pg_terminate_backend(pg_backend_pid())")
    monkeypatch.setattr(opening, "template", lambda: dying)
    with pytest.raises(Error):
        open_space(calme(committed_cast))
    connection.close()
    assert traces(committed_cast) == (False, False)
    with pytest.raises(NoSuchSpace), enter(f"c{committed_cast.calme_insee}"):
        pass
    monkeypatch.undo()
    open_space(calme(committed_cast))
    assert traces(committed_cast) == (True, True)


def test_two_who_open_at_once_open_one_space_and_the_second_is_told(committed_cast: Cast) -> None:
    start = threading.Barrier(2)
    told: list[str] = []

    def finish() -> None:
        try:
            start.wait(timeout=10)
            told.append(open_space(calme(committed_cast)).schema_name)
        except AlreadyOpen as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    people = [threading.Thread(target=finish) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(told) == sorted([f"c{committed_cast.calme_insee}", committed_cast.calme_insee])
    assert traces(committed_cast) == (True, True)


def test_a_space_that_is_erased_leaves_no_trace_and_may_be_opened_again(cast: Cast) -> None:
    erase_space(open_space(calme(cast)))
    assert traces(cast) == (False, False)
    open_space(calme(cast))
    assert traces(cast) == (True, True)
