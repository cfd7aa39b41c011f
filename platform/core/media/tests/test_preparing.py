"""Videos made ready by a job: what browsers play, once, whatever happens to the worker."""

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from core.accounts.models import User
from core.media.actions import PREPARE, keep
from core.media.decoding.process import ffmpeg
from core.media.models import Asset, AssetState
from core.media.preparing import prepare_next
from core.media.tests import films
from core.media.tests.pictures import SECRET, upload
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from tests.cast import Cast

pytestmark = pytest.mark.skipif(not ffmpeg(), reason="this machine has no ffmpeg")


@pytest.fixture
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two seconds that a browser would not play, which say where they were filmed."""
    path = tmp_path_factory.mktemp("film") / "a.mp4"
    subprocess.run(
        [ffmpeg(), "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=duration=2:size=1920x1080:rate=5",
         "-metadata", f"title={SECRET}", "-c:v", "mpeg4", str(path)], check=True,
    )  # fmt: skip
    return path.read_bytes()


def kept(cast: Cast, data: bytes) -> Asset:
    return keep(upload(data, "fete.mp4"), author=User.objects.get(pk=cast.aubin.editor.id))


def test_a_video_is_made_ready_with_its_poster_and_what_was_sent_goes(
    cast: Cast, film: bytes, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with enter(cast.aubin.schema_name):
        asset = kept(cast, film)
        assert asset.state == AssetState.PREPARING
        assert DueWork.objects.filter(schema_name=cast.aubin.schema_name, job=PREPARE).exists()
        with django_capture_on_commit_callbacks(execute=True):
            assert prepare_next() is None
        asset.refresh_from_db()
        assert (asset.state, asset.width, asset.height, round(asset.duration)) == ("ready", 1280, 720, 2)
        assert asset.pictures(), "a poster"
        stored = sorted(path.relative_to(media_root).as_posix() for path in media_root.rglob("*") if path.is_file())
        assert stored == sorted(asset.names)
        assert asset.main is not None
        with default_storage.open(f"{asset.prefix}/{asset.main['name']}") as file:
            content = file.read()
        assert SECRET.encode() not in content
        assert b"avc1" in content
        assert asset.stored_bytes == sum(each["bytes"] for each in asset.renditions)


def test_a_video_that_cannot_be_read_says_why_and_keeps_nothing(
    cast: Cast, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with enter(cast.aubin.schema_name):
        asset = kept(cast, films.mp4())
        with django_capture_on_commit_callbacks(execute=True):
            assert prepare_next() is None
        asset.refresh_from_db()
        assert (asset.state, asset.renditions, asset.stored_bytes) == ("refused", [], 0)
        assert "abîmé" in asset.refusal
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_a_video_whose_worker_was_lost_is_taken_again_later(cast: Cast, film: bytes) -> None:
    with enter(cast.aubin.schema_name):
        asset = kept(cast, film)
        Asset.objects.update(started_at=timezone.now())
        again = prepare_next()
        assert again is not None
        asset.refresh_from_db()
        assert asset.state == AssetState.PREPARING
        with time_machine.travel(again + timedelta(seconds=1)):
            assert prepare_next() is None
        asset.refresh_from_db()
        assert asset.state == AssetState.READY
