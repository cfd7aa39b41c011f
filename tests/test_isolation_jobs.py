"""No job of one commune touches another, and none runs without saying where."""

from collections import Counter
from typing import Any

import pytest
from celery import current_app
from celery.signals import before_task_publish
from django.db import transaction
from django.utils import timezone

from core.tenancy.context import enter
from core.tenancy.due import dispatch, due
from core.tenancy.errors import CommuneRequired, NoSuchSpace
from core.tenancy.here import PUBLIC, current
from core.tenancy.jobs import CommuneTask, PlatformTask, enqueue
from tests.cast import Cast
from tests.conftest import Neighbours
from tests.probing import Walk, run_jobs, statements, told_apart, undone
from tests.walks import commune_jobs


def test_no_job_touches_or_writes_of_another_commune(neighbours: Neighbours) -> None:
    walk = Walk(neighbours.victims)
    run_jobs(walk, neighbours.others)
    told_apart(walk.probes, "jobs")
    assert not [str(leak) for leak in walk.leaks]


def test_every_job_works_in_its_commune(one_way: Neighbours) -> None:
    """The control of the walk above: where it looks, something happens."""
    plot = one_way.others
    idle = []
    for job in commune_jobs():
        with undone(), statements() as made:
            job.apply(kwargs=plot.arguments(job), headers={"space": plot.schema_name}, throw=True)
        if not any(each.schema_name == plot.schema_name for each in made):
            idle.append(job.name)
    assert not idle


def test_every_task_says_where_it_runs() -> None:
    tasks = {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}
    bases = Counter(type(task).__mro__[1].__name__ for task in tasks.values())
    told_apart(bases, "tasks")
    assert not [name for name, task in tasks.items() if not isinstance(task, CommuneTask | PlatformTask)]


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({}, CommuneRequired),
        ({"space": ""}, CommuneRequired),
        ({"space": "c99999"}, NoSuchSpace),
        ({"space": "public"}, NoSuchSpace),
        ({"space": "c12013, c69019"}, NoSuchSpace),
    ],
)
def test_no_job_runs_without_a_commune_that_exists(
    one_way: Neighbours, headers: dict[str, str], error: type[Exception]
) -> None:
    for job in commune_jobs():
        with pytest.raises(error):
            job.apply(kwargs=one_way.victims.arguments(job), headers=headers, throw=True)


def test_a_job_leaves_the_place_where_it_was_called(cast: Cast) -> None:
    commune_jobs()[0].apply(headers={"space": cast.aubin.schema_name}, throw=True)
    assert current() is PUBLIC
    with enter(cast.belleville.schema_name):
        commune_jobs()[0].apply(headers={"space": cast.aubin.schema_name}, throw=True)
        assert current().schema_name == cast.belleville.schema_name


@pytest.fixture
def queued() -> Any:
    """What leaves for the broker: the job and its commune."""
    seen: list[tuple[str, str]] = []

    def note(sender: str, headers: dict[str, Any], **_: Any) -> None:
        seen.append((sender, headers["space"]))

    before_task_publish.connect(note)
    yield seen
    before_task_publish.disconnect(note)


def test_due_work_is_queued_for_the_commune_that_owes_it(cast: Cast, queued: list[tuple[str, str]]) -> None:
    for place in (cast.aubin, cast.belleville):
        with enter(place.schema_name), transaction.atomic():
            due("delivery.send_outbox", timezone.now())
    queued.clear()
    assert dispatch() == 2
    assert set(queued) == {("delivery.send_outbox", place.schema_name) for place in (cast.aubin, cast.belleville)}


def test_a_job_queued_in_a_commune_is_queued_for_it(
    cast: Cast, queued: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with enter(cast.aubin.schema_name):
            enqueue("delivery.send_outbox")
        with enter(cast.belleville.schema_name):
            enqueue("accounts.purge")
    assert queued == [
        ("delivery.send_outbox", cast.aubin.schema_name),
        ("accounts.purge", cast.belleville.schema_name),
    ]
