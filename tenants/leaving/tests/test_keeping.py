"""Exports as they are asked for, made by a job that may die, kept a week."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from celery import current_app
from django.utils import timezone

from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from tenants.leaving.asking import ask, export_here, exports_here, note_taken
from tenants.leaving.keeping import work
from tenants.models import Export
from tests.at_once import at_once
from tests.benchmarks.programs import database_url
from tests.cast import Cast, Place

Captured = Callable[..., Any]


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def asked(place: Place) -> Export:
    with enter(place.schema_name):
        return ask(author=User.objects.get(pk=place.administrator.id))


def worked(place: Place) -> Any:
    with enter(place.schema_name):
        return work()


def stored(files: Path) -> list[Path]:
    return sorted(path for path in files.rglob("*") if path.is_file())


def test_what_is_asked_for_is_made_and_told_to_who_asked(cast: Cast, files: Path) -> None:
    export = asked(cast.aubin)
    with enter(cast.aubin.schema_name):
        assert [each.ready_at for each in exports_here()] == [None]
        assert export_here(export.pk) is None, "nothing to download yet"
    following = worked(cast.aubin)
    with enter(cast.aubin.schema_name):
        (found,) = exports_here()
        data = (files / found.name).read_bytes()
        assert (found.bytes, found.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert found.rows > 10
        assert ZipFile(BytesIO(data)).testzip() is None
        mail = OutgoingEmail.objects.get()
        assert mail.recipient == cast.aubin.administrator.email
        assert "https://aubin.beffroi.test/mairie/export/" in mail.text
        assert [each.verb for each in Entry.objects.order_by("at")] == ["leaving.export_asked", "leaving.export_ready"]
    assert following == found.expires_at
    assert stored(files) == [files / found.name]


def test_two_clicks_are_one_export(cast: Cast) -> None:
    first, second = asked(cast.aubin), asked(cast.aubin)
    assert first == second
    worked(cast.aubin)
    assert asked(cast.aubin) == first, "a click that comes when it is just ready"
    with enter(cast.aubin.schema_name):
        assert Entry.objects.filter(verb="leaving.export_asked").count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert asked(cast.aubin) != first


def test_clicks_at_the_same_moment_are_one_export(committed_cast: Cast) -> None:
    place = committed_cast.aubin
    done = at_once(place, lambda _: ask(author=User.objects.get(pk=place.administrator.id)))
    assert len({each.pk for each in done if isinstance(each, Export)}) == 1, done


def test_two_workers_at_once_make_one(committed_cast: Cast, files: Path) -> None:
    place = committed_cast.aubin
    asked(place)
    done = at_once(place, lambda _: work(), times=3)
    assert not [each for each in done if isinstance(each, Exception)]
    assert len(stored(files)) == 1
    with enter(place.schema_name):
        assert Entry.objects.filter(verb="leaving.export_ready").count() == 1
        assert OutgoingEmail.objects.count() == 1


def test_a_newer_one_takes_the_place_of_the_one_before(cast: Cast, files: Path) -> None:
    first = asked(cast.aubin)
    worked(cast.aubin)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        second = asked(cast.aubin)
        assert (files / first.name).exists(), "until the newer one is whole"
        worked(cast.aubin)
        assert stored(files) == [files / second.name]
        with enter(cast.aubin.schema_name):
            assert [each.pk for each in exports_here()] == [second.pk]


def test_it_is_kept_seven_days(cast: Cast, files: Path) -> None:
    export = asked(cast.aubin)
    following = worked(cast.aubin)
    with time_machine.travel(following - timedelta(minutes=1)):
        assert worked(cast.aubin) == following
        assert stored(files)
    with time_machine.travel(following + timedelta(seconds=1)):
        with enter(cast.aubin.schema_name):
            assert export_here(export.pk) is None, "before the job came"
        assert worked(cast.aubin) is None
    assert not stored(files)
    assert not Export.objects.exists()


def test_the_job_owes_its_next_run(cast: Cast) -> None:
    asked(cast.aubin)
    current_app.tasks["leaving.export"].apply(headers={"space": cast.aubin.schema_name}, throw=True)
    owed = DueWork.objects.get(schema_name=cast.aubin.schema_name, job="leaving.export")
    assert owed.due_at == Export.objects.get().expires_at
    assert current_app.amqp.router.route({}, "leaving.export")["queue"].name == "long"


def test_a_file_that_no_row_names_goes(cast: Cast, files: Path) -> None:
    stray = files / "c" / cast.aubin.insee / "exports" / "0199.zip"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    worked(cast.aubin)
    assert not stray.exists()


def test_a_disk_that_fails_leaves_nothing_and_is_tried_again(cast: Cast, files: Path, settings: Any) -> None:
    asked(cast.aubin)
    (files / "c").write_text("no folder")
    with pytest.raises(OSError):
        worked(cast.aubin)
    (files / "c").unlink()
    worked(cast.aubin)
    with enter(cast.aubin.schema_name):
        assert exports_here()[0].ready_at


def test_a_worker_that_is_killed_leaves_no_half_file_and_it_is_made_again(committed_cast: Cast, files: Path) -> None:
    place = committed_cast.aubin
    export = asked(place)
    program = [sys.executable, "-m", "tenants.leaving.tests.stalling", place.schema_name]
    known = {"DATABASE_URL": database_url(), "MEDIA_ROOT": str(files)}
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(program, env=os.environ | known, **pipes) as child:
        try:
            assert child.stdout and child.stdout.readline() == b"half\n"
        finally:
            child.kill()
    (half,) = stored(files)
    half_size = half.stat().st_size
    with enter(place.schema_name):
        assert exports_here()[0].ready_at is None
        assert export_here(export.pk) is None, "what is half is never given"
    worked(place)
    with enter(place.schema_name):
        found = export_here(export.pk)
    assert found and stored(files) == [files / found.name]
    data = (files / found.name).read_bytes()
    assert len(data) > half_size and hashlib.sha256(data).hexdigest() == found.sha256


def test_a_download_is_in_the_journal_once_a_person(cast: Cast) -> None:
    export = asked(cast.aubin)
    worked(cast.aubin)
    with enter(cast.aubin.schema_name):
        author = User.objects.get(pk=cast.aubin.administrator.id)
        for _ in range(2):
            note_taken(export, author)
        assert Entry.objects.filter(verb="leaving.export_taken").count() == 1


def test_who_asked_and_left_is_written_to_no_more(cast: Cast) -> None:
    asked(cast.aubin)
    with enter(cast.aubin.schema_name):
        User.objects.filter(pk=cast.aubin.administrator.id).update(is_active=False)
    worked(cast.aubin)
    with enter(cast.aubin.schema_name):
        assert not OutgoingEmail.objects.exists()
