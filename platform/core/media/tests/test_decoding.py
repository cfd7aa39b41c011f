"""What the child makes of a file. Every refusal has its sentence, and costs no more than its budget."""

import json
import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from core.media.decoding import process
from core.media.decoding.limits import MAX_BYTES, READING, SIZES
from core.media.decoding.pictures import fitted
from core.media.decoding.process import Decoded, decode, ffmpeg
from core.media.decoding.refused import Reason, Refused
from core.media.refusals import refusal
from core.media.tests import documents, films
from core.media.tests.pictures import SECRET, bomb, drawn, with_exif

KINDS = ("picture", "document", "video")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
Read = Callable[..., Decoded]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    def of(data: bytes, *kinds: str) -> Decoded:
        (tmp_path / "file").write_bytes(data)
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        return decode(tmp_path / "file", out, kinds or KINDS)

    yield of


@pytest.fixture
def no_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "ffmpeg", lambda: "")


def refused(read: Read, data: bytes, *kinds: str) -> Reason:
    with pytest.raises(Refused) as found:
        read(data, *kinds)
    assert refusal(found.value.reason, kinds or KINDS).messages[0].endswith((".", "sinon."))
    return found.value.reason


def opened(decoded: Decoded, name: str = "480.jpg") -> Image.Image:
    return Image.open(BytesIO(next(each.path for each in decoded.renditions if each.name == name).read_bytes()))


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


# -- Pictures


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "JPEG"), ("CMYK", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG"),
     ("RGB", "PNG"), ("RGBA", "WEBP"), ("RGB", "WEBP")],
)  # fmt: skip
def test_every_kind_of_pixel_becomes_plain_colour(read: Read, mode: str, kind: str) -> None:
    decoded = read(drawn(mode=mode, kind=kind))
    for each in decoded.renditions:
        picture = opened(decoded, each.name)
        picture.load()
        assert (picture.mode, picture.format) == ("RGB", "WEBP" if each.name.endswith("webp") else "JPEG")


def test_a_telephones_heic_is_a_picture(read: Read) -> None:
    import pillow_heif

    file = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (700, 500), "#8040c0")).save(file)
    decoded = read(file.getvalue())
    assert (decoded.format.type, decoded.width, decoded.height) == ("image/heic", 700, 500)
    assert opened(decoded).getpixel((9, 9)) == pytest.approx((0x80, 0x40, 0xC0), abs=6)


def test_sixteen_bits_keep_their_brightness(read: Read) -> None:
    grey = opened(read(drawn(mode="I;16", kind="PNG", colour=0x8000))).getpixel((5, 5))
    assert grey == pytest.approx((128, 128, 128), abs=3)


def test_what_is_transparent_becomes_white(read: Read) -> None:
    assert opened(read(drawn(mode="RGBA", kind="PNG", colour=(255, 0, 0, 0)))).getpixel((5, 5)) == (255,) * 3


@pytest.mark.parametrize("size", [(800, 600), (6000, 5200)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_held_sideways_is_turned_upright(read: Read, size: tuple[int, int], kind: str) -> None:
    decoded = read(with_exif(orientation=6, size=size, kind=kind))
    assert (decoded.width, decoded.height) == pytest.approx(fitted(*size[::-1], SIZES[-1]), abs=1)


def test_where_a_picture_was_taken_is_not_kept(read: Read) -> None:
    data = with_exif()
    assert SECRET.encode() in data
    decoded = read(data)
    for each in decoded.renditions:
        picture = opened(decoded, each.name)
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(picture.info)
        assert SECRET.encode() not in each.path.read_bytes()


def test_what_hides_behind_a_picture_is_not_kept(read: Read) -> None:
    decoded = read(drawn() + b"PK\x03\x04" + HTML)
    assert not [each for each in decoded.renditions if b"<script>" in each.path.read_bytes()]


def test_a_picture_has_every_size_below_its_own_and_is_never_enlarged(read: Read) -> None:
    sizes = {each.name: each.width for each in read(drawn((2000, 1000))).renditions}
    assert sizes == {f"{size}.{suffix}": size for size in SIZES for suffix in ("webp", "jpg")}
    assert {each.name: each.width for each in read(drawn((700, 400))).renditions} == {
        "480.webp": 480, "480.jpg": 480, "960.webp": 700, "960.jpg": 700}  # fmt: skip
    assert {each.width for each in read(drawn((300, 200))).renditions} == {300}


@pytest.mark.parametrize("size", [(100, 9_000), (9_000, 100), (640, 1280), (641, 1281)])
def test_a_reduced_picture_keeps_its_shape_and_fits(size: tuple[int, int]) -> None:
    width, height = fitted(*size, 480)
    assert 1 <= width <= 480
    assert 1 <= height <= 960
    assert width / height == pytest.approx(size[0] / size[1], rel=0.12)


def test_colours_follow_the_profile_of_the_picture(read: Read) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = opened(read(drawn(kind="PNG", colour="#8040c0", icc_profile=profile))).getpixel((9, 300))
    assert kept == pytest.approx((0x80, 0x40, 0xC0), abs=6)


@pytest.mark.parametrize("options", [{"icc_profile": b"no profile"}, {"exif": b"Exif\0\0no exif"}])
def test_metadata_that_cannot_be_read_do_not_spoil_a_sound_picture(read: Read, options: dict[str, Any]) -> None:
    assert read(drawn(**options)).width == 800


def test_a_moving_picture_is_taken_by_its_first_image(read: Read) -> None:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("#f00", "#00f")]
    file = BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert opened(read(file.getvalue())).getpixel((50, 50)) == pytest.approx((255, 0, 0), abs=4)


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
    assert [each.name for each in decoded.renditions] == ["video.mp4", "480.webp", "480.jpg"]
    assert SECRET.encode() not in (out / "video.mp4").read_bytes()
