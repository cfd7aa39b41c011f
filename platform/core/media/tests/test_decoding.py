"""What the child makes of a hostile file. Every refusal has its sentence, and costs no more than its budget."""

import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.media.decoding import process
from core.media.decoding.limits import MAX_BYTES, READING, SIZES
from core.media.decoding.refused import Reason
from core.media.tests import documents, films
from core.media.tests.pictures import bomb, drawn
from core.media.tests.reading import HTML, SVG, Read, refused


@pytest.mark.parametrize(
    "data",
    [HTML, SVG, b"GIF89a" + b"\0" * 200, drawn(kind="GIF", mode="P"), drawn(kind="BMP"), drawn(kind="TIFF"),
     b"MZ\x90\0" + b"\0" * 200, b"\x7fELF" + b"\0" * 200, b"PK\x03\x04" + b"\0" * 200, b"\0", b"#!/bin/sh\n",
     b"#EXTM3U\nfile:///etc/passwd\n", b"ftypheic", b"\xff\xd8", b" " + documents.pdf()],
)  # fmt: skip
def test_what_is_none_of_our_formats_is_refused(read: Read, data: bytes) -> None:
    assert refused(read, data) is Reason.UNKNOWN


@pytest.mark.parametrize(
    "data",
    [b"\xff\xd8\xff" + HTML, b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP" + SVG, drawn()[:400],
     b"\0\0\0\x18ftypheic" + HTML, drawn(kind="PNG")[:900], b"%PDF-1.7\n", documents.pdf()[:300],
     documents.pdf() + b"PK\x03\x04" * 2000, films.mp4()[:300], films.mp4() + HTML, films.mp4(seconds=0),
     films.webm()[:200], b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftypisom" + b"\xff" * 40, documents.HUGE_PAGE],
)  # fmt: skip
def test_what_only_begins_like_one_is_refused(read: Read, data: bytes) -> None:
    assert refused(read, data) in {Reason.BROKEN, Reason.TOO_COSTLY}


@pytest.mark.parametrize("size", [(50_000, 10_000), (8_000, 5_001), (2**31 - 1, 1), (22_361, 22_361)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(read: Read, size: Any) -> None:
    assert refused(read, bomb(*size)) in {Reason.TOO_LARGE, Reason.BROKEN}


def test_a_photograph_may_have_the_pixels_of_a_telephone_and_a_jpeg_bomb_may_not(read: Read) -> None:
    data = drawn((8160, 6120))
    assert read(data).width == SIZES[-1]
    start = data.index(b"\xff\xc0") + 5
    huge = data[:start] + struct.pack(">HH", 22_361, 22_361) + data[start + 4 :]
    assert refused(read, huge) is Reason.TOO_LARGE


def test_an_empty_file_is_refused(read: Read) -> None:
    assert refused(read, b"") is Reason.EMPTY


def test_a_heavy_file_is_refused(read: Read) -> None:
    assert refused(read, drawn() + bytes(MAX_BYTES["picture"])) is Reason.TOO_HEAVY


def test_a_file_of_another_kind_than_asked_is_refused(read: Read) -> None:
    assert refused(read, documents.pdf(), "picture") is Reason.UNKNOWN
    assert refused(read, drawn(), "document", "video") is Reason.UNKNOWN


@pytest.mark.parametrize("size", [(63, 800), (800, 63), (1, 1)])
def test_a_tiny_picture_is_refused(read: Read, size: tuple[int, int]) -> None:
    assert refused(read, drawn(size)) is Reason.TOO_SMALL


# The program of the child, with other limits or another task than reading.
GREEDY = """
import sys; from dataclasses import replace; from core.media.decoding import __main__ as child
child.READING = replace(child.READING, memory=160 * 2**20)
child.main(*sys.argv[1:])
"""
ENDLESS = """
from dataclasses import replace; from core.media.decoding import __main__ as child
child.limit(replace(child.READING, cpu=1))
while True: pass
"""
WAITING = "import time; time.sleep(60)"


@pytest.mark.parametrize("program", [GREEDY, ENDLESS, WAITING])
def test_a_reader_that_takes_too_much_is_stopped_and_that_is_a_refusal(
    read: Read, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(process, "PROGRAM", ("-c", program))
    if program is WAITING:
        monkeypatch.setattr(process, "READING", replace(READING, wall=1))
    assert refused(read, drawn((6000, 6000), kind="PNG")) is Reason.TOO_COSTLY


SPY = """
import json, os, resource, sys; from core.media.decoding import __main__ as child
child.limit(child.READING)
limits = [resource.getrlimit(each)[0] for each in (resource.RLIMIT_CORE, resource.RLIMIT_AS)]
open("seen", "w").write(json.dumps([dict(os.environ), "django" in sys.modules, limits]))
sys.exit(3)
"""


def test_the_child_knows_no_secret_and_keeps_its_own_limits(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(process, "PROGRAM", ("-c", SPY))
    assert refused(read, drawn()) is Reason.BROKEN
    environment, knows_django, limits = json.loads((tmp_path / "out" / "seen").read_text())
    assert set(environment) <= {"PATH", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "TMPDIR"}
    assert (knows_django, limits) == (False, [0, READING.memory])
