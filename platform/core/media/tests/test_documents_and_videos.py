"""What the child makes of a PDF and of a video."""

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from core.media.decoding import process
from core.media.decoding.process import ffmpeg
from core.media.decoding.refused import Reason
from core.media.tests import documents, films
from core.media.tests.pictures import SECRET
from core.media.tests.reading import Read, opened, refused

# -- Documents


def test_a_document_has_its_pages_its_words_and_its_first_page(read: Read) -> None:
    decoded = read(documents.pdf(pages=3))
    assert (decoded.pages, decoded.has_text, decoded.width) == (3, True, 1600)
    assert opened(decoded).convert("L").getextrema()[0] < 90  # something is written on it


def test_a_document_of_scans_has_no_words(read: Read) -> None:
    file = BytesIO()
    Image.new("RGB", (600, 800), "grey").save(file, "PDF")
    assert read(file.getvalue()).has_text is False


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (documents.SCRIPTED, Reason.SCRIPTED),
        (documents.SCRIPTED_BY_NAME, Reason.SCRIPTED),
        (documents.SCRIPTED_IN_A_PACK, Reason.SCRIPTED),
        (documents.LAUNCHING, Reason.SCRIPTED),
        (documents.CARRYING, Reason.CARRIES_FILES),
        (documents.LOCKED, Reason.ENCRYPTED),
        (documents.BOMB, Reason.TOO_COSTLY),
        (documents.pdf(pages=2001), Reason.TOO_MANY_PAGES),
    ],
)
def test_a_document_that_acts_or_cannot_be_checked_is_refused(read: Read, data: bytes, reason: Reason) -> None:
    assert refused(read, data) is reason


# -- Videos


def test_a_video_says_its_length_and_its_size(read: Read) -> None:
    for data, seconds in ((films.mp4(), 12), (films.webm(), 5)):
        decoded = read(data)
        assert (decoded.duration, decoded.width, decoded.height) == (seconds, 640, 360)


@pytest.mark.parametrize("data", [films.mp4(), films.webm(), films.mp4(brand=b"mp42", sound=b"")])
def test_where_a_video_was_filmed_is_not_kept(read: Read, tmp_path: Path, data: bytes) -> None:
    assert films.PLACE in data
    read(data)
    kept = (tmp_path / "file").read_bytes()
    assert len(kept) == len(data)
    assert films.PLACE not in kept
    again = read(kept)
    assert again.width == 640


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (films.mp4(codec=b"hvc1"), Reason.NOT_PLAYED),
        (films.mp4(sound=b"ac-3"), Reason.NOT_PLAYED),
        (films.webm(codec=b"V_MPEG4/ISO/AVC"), Reason.NOT_PLAYED),
        (films.mp4(more=films.track(b"meta", b"gpmd")), Reason.TRACKED),
    ],
)
def test_without_a_transcoder_only_what_browsers_play_is_accepted(
    read: Read, no_ffmpeg: None, data: bytes, reason: Reason
) -> None:
    assert refused(read, data) is reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (films.mp4(seconds=31 * 60), Reason.TOO_LONG),
        (films.webm(doctype=b"matroska"), Reason.UNKNOWN),
        (films.mp4().replace(b"vide", b"text"), Reason.NO_PICTURE),
        (films.mp4(size=(60_000, 60_000)), Reason.BROKEN),
    ],
)
def test_a_video_that_is_none_or_too_much_is_refused(read: Read, data: bytes, reason: Reason) -> None:
    assert refused(read, data) is reason


@pytest.mark.skipif(not ffmpeg(), reason="this machine has no ffmpeg")
def test_a_video_is_transcoded_with_a_poster_and_without_its_words(tmp_path: Path) -> None:
    source, out = tmp_path / "a.mp4", tmp_path / "out"
    out.mkdir()
    subprocess.run(
        [ffmpeg(), "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=duration=2:size=320x240:rate=10",
         "-metadata", f"title={SECRET}", "-c:v", "mpeg4", str(source)], check=True,
    )  # fmt: skip
    assert SECRET.encode() in source.read_bytes()
    decoded = process.transcode(source, out)
    assert (decoded.width, decoded.height, round(decoded.duration)) == (320, 240, 2)
    assert {each.name for each in decoded.renditions} == {"video.mp4", "480.webp", "480.jpg"}
    assert SECRET.encode() not in (out / "video.mp4").read_bytes()
