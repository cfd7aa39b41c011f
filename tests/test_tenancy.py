"""Entering communes, writing in them, running jobs in them: every mistake raises."""

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from core.accounts.models import User
from core.audit.actions import record
from core.audit.models import Entry
from core.tenancy.context import enter, entered
from core.tenancy.due import SHORT_LEASE, dispatch, due
from core.tenancy.errors import CommuneRequired, NoSuchSpace, WrongCommune
from core.tenancy.here import PUBLIC, Here, current
from core.tenancy.jobs import commune_job, enqueue
from core.tenancy.models import DueWork
from tenants.models import Commune, Space
from tests.cast import Cast


@commune_job("tests.where")
def where() -> str:
    return current().schema_name


@commune_job("tests.hour")
def hour() -> str:
    return timezone.get_current_timezone_name()


@pytest.mark.parametrize("name", ["c99999", "public", "", "pg_catalog", "C12013", "c12013;drop"])
def test_a_place_that_is_not_a_commune_cannot_be_entered(cast: Cast, name: str) -> None:
    with pytest.raises(NoSuchSpace), enter(name):
        pass


def test_a_row_without_its_schema_cannot_be_entered(cast: Cast) -> None:
    Space.objects.create(schema_name="c23031", commune=Commune.objects.get(pk=cast.calme_insee))
    with pytest.raises(NoSuchSpace), enter("c23031"):
        pass


def test_people_cannot_be_read_from_public(cast: Cast) -> None:
    with pytest.raises(ProgrammingError), entered(PUBLIC):
        User.objects.count()


def test_an_object_of_one_commune_cannot_be_saved_in_another(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        entry = record("tests.happened")
    with enter(cast.belleville.schema_name):
        with pytest.raises(WrongCommune):
            entry.save()
        with pytest.raises(WrongCommune):
            entry.delete()
        assert not Entry.objects.filter(verb="tests.happened").exists()


def test_django_tenants_own_ways_in_are_closed(cast: Cast) -> None:
    space = cast.aubin.space
    with pytest.raises(TypeError):
        space.__enter__()
    with pytest.raises(TypeError):
        space.activate()


def test_leaving_a_commune_gives_back_the_one_before(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        with enter(cast.belleville.schema_name):
            assert current().schema_name == cast.belleville.schema_name
        assert current().schema_name == cast.aubin.schema_name
        with connection.cursor() as cursor:
            cursor.execute("select current_schema()")
            assert cursor.fetchone() == (cast.aubin.schema_name,)
    assert current() is PUBLIC


def test_threads_never_share_a_commune(committed_cast: Cast) -> None:
    wrong: list[str] = []

    def walk(first: str, second: str) -> None:
        for _ in range(20):
            with enter(first), enter(second), connection.cursor() as cursor:
                cursor.execute("select current_schema()")
                if cursor.fetchone() != (second,):
                    wrong.append(second)
        connection.close()

    names = [committed_cast.aubin.schema_name, committed_cast.belleville.schema_name]
    threads = [threading.Thread(target=walk, args=names[:: 1 if i % 2 else -1]) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def where_it_is() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_schema()")
        (found,) = cursor.fetchone()
    return str(found)


def test_coming_back_to_a_commune_costs_no_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    one, other = Here(cast.aubin.schema_name), Here(cast.belleville.schema_name)
    with entered(other):
        where_it_is()
    with django_assert_num_queries(3), entered(one):  # a SET, then one each
        assert where_it_is() == one.schema_name
        with entered(other):
            pass
        assert where_it_is() == one.schema_name
    with django_assert_num_queries(1), entered(one):
        assert where_it_is() == one.schema_name
    with django_assert_num_queries(2), entered(other):
        assert where_it_is() == other.schema_name


def test_a_path_set_in_what_is_rolled_back_is_set_again(cast: Cast) -> None:
    one, other = Here(cast.aubin.schema_name), Here(cast.belleville.schema_name)
    with entered(one):
        assert where_it_is() == one.schema_name
        with suppress(ZeroDivisionError), transaction.atomic(), entered(other):
            assert where_it_is() == other.schema_name
            raise ZeroDivisionError
        assert where_it_is() == one.schema_name
    with entered(other), suppress(ZeroDivisionError), transaction.atomic():
        assert where_it_is() == other.schema_name
        raise ZeroDivisionError
    with entered(other):
        assert where_it_is() == other.schema_name


def test_a_pooled_connection_brings_no_commune_along(committed_cast: Cast) -> None:
    """As in production: one connection, taken and given back by several threads, each time for another commune."""
    names = [committed_cast.aubin.schema_name, committed_cast.belleville.schema_name]
    settings_of_tests = connection.settings_dict["OPTIONS"]
    connection.close()
    connection.settings_dict["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 1, "timeout": 30}}
    wrong: list[str] = []

    def walk(first: int) -> None:
        for turn in range(20):
            wanted = names[(first + turn) % 2]
            with enter(wanted):
                if where_it_is() != wanted:
                    wrong.append(wanted)
            connection.close()

    threads = [threading.Thread(target=walk, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    postgres: Any = connection
    postgres.close_pool()
    connection.settings_dict["OPTIONS"] = settings_of_tests
    assert wrong == []


def test_a_job_without_a_commune_raises(cast: Cast) -> None:
    with pytest.raises(CommuneRequired):
        where.apply(throw=True)
    with pytest.raises(CommuneRequired):
        where.apply_async()
    with pytest.raises(CommuneRequired):
        enqueue("tests.where")


def test_a_job_runs_in_its_commune(cast: Cast) -> None:
    assert where.apply(headers={"space": cast.aubin.schema_name}, throw=True).get() == cast.aubin.schema_name


def test_work_is_owed_once_however_often_it_is_asked(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        due("tests.where")
        due("tests.where")
    assert DueWork.objects.filter(job="tests.where").count() == 1


def test_work_that_is_leased_is_not_queued_twice(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        due("delivery.send_outbox")
    assert dispatch() == 1
    assert dispatch() == 0


def test_a_short_job_that_is_lost_with_its_worker_is_queued_again_soon(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        due("delivery.send_pushes")
    assert dispatch() == 1
    with time_machine.travel(timezone.now() + SHORT_LEASE - timedelta(seconds=1)):
        assert dispatch() == 0
    with time_machine.travel(timezone.now() + SHORT_LEASE + timedelta(seconds=1)):
        assert dispatch() == 1


def test_a_job_runs_at_the_hour_of_its_commune(cast: Cast) -> None:
    Commune.objects.filter(pk=cast.aubin.insee).update(departement="974")
    hours = [
        hour.apply(headers={"space": place.schema_name}, throw=True).get() for place in (cast.aubin, cast.belleville)
    ]
    assert hours == ["Indian/Reunion", "Europe/Paris"]
    assert timezone.get_current_timezone_name() == "Europe/Paris"
