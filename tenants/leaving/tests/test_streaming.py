"""An export is one moment of the database, and takes no more memory for a large commune than for a small one."""

import json
import threading
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from core.audit.actions import record
from core.audit.models import Entry
from core.media.models import Asset
from core.media.tests.test_serving import object_store
from core.readership.models import Reading
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from tenants.leaving.keeping import work
from tenants.leaving.making import make
from tenants.leaving.tests.test_keeping import asked
from tests.cast import Cast, Place

__all__ = ["object_store"]
ROWS, MOST_MEMORY = 60_000, 12 * 1024**2
_MANY = """
insert into readership_reading (id, kind, key, day, channel, count)
select gen_random_uuid(), 'news', gen_random_uuid(), current_date, 'site', n from generate_series(1, %s) as n
"""


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def lines_of(out: IO[bytes], label: str) -> list[Any]:
    with ZipFile(out) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(f"donnees/{label}.jsonl")]
        return [json.loads(line) for line in archive.read(name).splitlines()]


def large_file(place: Place, size: int) -> None:
    with enter(place.schema_name):
        asset = Asset(kind="document", prefix=f"c/{place.insee}/large", content_hash="x")
        asset.renditions = [{"name": "document.pdf", "type": "application/pdf", "width": 0, "bytes": size}]
        asset.save(force_insert=True)
    path = Path(default_storage.path(f"{asset.prefix}/document.pdf"))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF" + bytes(size - 4))


def test_many_rows_and_a_large_file_take_little_memory(cast: Cast) -> None:
    with enter(cast.aubin.schema_name), connection.cursor() as cursor:
        cursor.execute(_MANY, [ROWS])
    large_file(cast.aubin, 40 * 1024**2)
    with TemporaryFile() as out:
        make(cast.doux.space, out)  # what is loaded once is not counted
        out.seek(0)
        out.truncate()
        tracemalloc.start()
        made = make(cast.aubin.space, out)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert made.rows > ROWS and made.files == 1
        assert peak < MOST_MEMORY, f"{peak} bytes"
        assert len(lines_of(out, "readership.reading")) == ROWS


def test_it_is_one_moment_whatever_is_written_meanwhile(committed_cast: Cast) -> None:
    place = committed_cast.aubin
    heard = iter(_written_elsewhere(place))
    out = BytesIO()
    make(place.space, out, lambda percent: next(heard, None))
    with enter(place.schema_name):
        assert Entry.objects.filter(verb="space.host_named").exists()
        assert Reading.objects.exists()
    assert not [row for row in lines_of(out, "audit.entry") if row["verb"] == "space.host_named"]
    assert not lines_of(out, "readership.reading")


def _written_elsewhere(place: Place) -> Iterator[None]:
    """The first time it is asked, somebody else writes and commits."""

    def write() -> None:
        with enter(place.schema_name), connection.cursor() as cursor:
            record("space.host_named", target="later")
            cursor.execute(_MANY, [1])
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    yield None


def test_everything_works_on_an_object_store(cast: Cast, object_store: str, client_of: Any) -> None:
    export = asked(cast.aubin)
    with enter(cast.aubin.schema_name):
        work()
    answer = client_of(cast.aubin.administrator).get(f"/mairie/export/{export.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{object_store}/beffroi/{export.name}?")
    assert "attachment" in answer["Location"]


def test_the_operator_writes_it_into_a_file(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "aubin.zip"
    call_command("export_commune", cast.aubin.insee, str(path))
    with path.open("rb") as out:
        assert lines_of(out, "accounts.user")
    assert [each.name for each in tmp_path.iterdir()] == ["aubin.zip"]
    for here in (cast.aubin.space.here, OPERATOR):
        with entered(here):
            assert Entry.objects.get(verb="leaving.exported").detail["bytes"] == path.stat().st_size
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_commune", cast.aubin.insee, str(path))
    with pytest.raises(CommandError, match="has no space"):
        call_command("export_commune", cast.calme_insee, str(tmp_path / "calme.zip"))
