"""Files of the tests go to a folder of each test's own."""

from pathlib import Path
from typing import Any

import pytest

from core.media.decoding import process
from core.media.decoding.process import Decoded, decode
from core.media.tests.reading import KINDS, Read


@pytest.fixture(autouse=True)
def media_root(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Has the child read these bytes, as a file of these kinds."""

    def of(data: bytes, *kinds: str) -> Decoded:
        (tmp_path / "file").write_bytes(data)
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        return decode(tmp_path / "file", out, kinds or KINDS)

    return of


@pytest.fixture
def no_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "ffmpeg", lambda: "")
