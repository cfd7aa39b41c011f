from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from core.media.forms import PictureField
from core.media.imaging import MAX_BYTES, Prepared, fitted, prepare
from core.media.tests.pictures import SECRET, bomb, drawn, upload, with_exif

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def opened(prepared: Prepared, name: str = "640.jpg") -> Image.Image:
    return Image.open(BytesIO(prepared.files[name]))


def refused(data: bytes) -> str:
    """The code of the refusal; what the field says is a sentence."""
    with pytest.raises(ValidationError) as refusal:
        PictureField().clean(upload(data))
    [error] = refusal.value.error_list
    assert str(error.message).endswith((".", "moins."))
    return str(error.code)


@pytest.mark.parametrize(
    "data",
    [HTML, SVG, b"GIF89a" + b"\0" * 200, drawn(kind="GIF", mode="P"), drawn(kind="BMP"), drawn(kind="TIFF"),
     b"%PDF-1.7\n", b"\xff\xd8\xff", drawn()[:40], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0"],
)  # fmt: skip
def test_what_is_no_picture_we_draw_is_refused_whatever_its_name(data: bytes) -> None:
    assert refused(data) in {"not_a_picture", "broken"}


def test_an_empty_file_is_refused() -> None:
    assert refused(b"") == "empty"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_refused(kind: str) -> None:
    data = drawn(kind=kind)
    assert refused(data[: len(data) * 2 // 3]) in {"broken", "not_a_picture"}


@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, 5_001), (2**31 - 1, 1)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    assert refused(bomb(*size)) in {"too_large", "not_a_picture"}


def test_a_heavy_file_is_refused() -> None:
    assert refused(drawn() + b"\0" * MAX_BYTES) == "too_heavy"


@pytest.mark.parametrize("size", [(63, 800), (800, 63), (1, 1)])
def test_a_tiny_picture_is_refused(size: tuple[int, int]) -> None:
    assert refused(drawn(size)) == "too_small"


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "JPEG"), ("CMYK", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG"),
     ("RGB", "PNG"), ("RGBA", "WEBP"), ("RGB", "WEBP")],
)  # fmt: skip
def test_every_kind_of_pixel_becomes_plain_colour(mode: str, kind: str) -> None:
    prepared = prepare(upload(drawn(mode=mode, kind=kind)))
    for name in prepared.files:
        picture = opened(prepared, name)
        picture.load()
        assert (picture.mode, picture.format) == ("RGB", "WEBP" if name.endswith("webp") else "JPEG")


def test_sixteen_bits_keep_their_brightness() -> None:
    grey = opened(prepare(upload(drawn(mode="I;16", kind="PNG", colour=0x8000)))).getpixel((5, 5))
    assert grey == pytest.approx((128, 128, 128), abs=3)


def test_what_is_transparent_becomes_white() -> None:
    assert opened(prepare(upload(drawn(mode="RGBA", kind="PNG", colour=(255, 0, 0, 0))))).getpixel((5, 5)) == (255,) * 3


def test_a_picture_held_sideways_is_turned_upright() -> None:
    prepared = prepare(upload(with_exif(orientation=6)))
    assert (prepared.width, prepared.height) == (600, 800)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_picture_held_sideways_is_turned_upright_too(kind: str) -> None:
    prepared = prepare(upload(with_exif(orientation=6, size=(6000, 5200), kind=kind)))
    assert (prepared.width, prepared.height) == fitted(5200, 6000, 1280)


def test_where_a_picture_was_taken_is_not_kept() -> None:
    data = with_exif()
    assert SECRET.encode() in data
    prepared = prepare(upload(data))
    for name, rendition in prepared.files.items():
        picture = opened(prepared, name)
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(picture.info)
        assert SECRET.encode() not in rendition


def test_a_wide_picture_is_reduced_twice_and_a_narrow_one_is_never_enlarged() -> None:
    wide, narrow = prepare(upload(drawn((2000, 1000)))), prepare(upload(drawn((300, 200))))
    assert {opened(wide, name).size for name in wide.files} == {(640, 320), (1280, 640)}
    assert {opened(narrow, name).size for name in narrow.files} == {(300, 200)}
    assert sorted(narrow.files) == ["640.jpg", "640.webp"]


@pytest.mark.parametrize("size", [(100, 9_000), (9_000, 100), (640, 1280), (641, 1281)])
def test_a_reduced_picture_keeps_its_shape_and_fits(size: tuple[int, int]) -> None:
    width, height = fitted(*size, 640)
    assert 1 <= width <= 640
    assert 1 <= height <= 1280
    assert width / height == pytest.approx(size[0] / size[1], rel=0.1)


def test_colours_follow_the_profile_of_the_picture() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = opened(prepare(upload(drawn(kind="PNG", colour="#8040c0", icc_profile=profile)))).getpixel((9, 400))
    assert kept == pytest.approx((0x80, 0x40, 0xC0), abs=6)


@pytest.mark.parametrize("options", [{"icc_profile": b"no profile"}, {"exif": b"Exif\0\0no exif"}])
def test_metadata_that_cannot_be_read_do_not_spoil_a_sound_picture(options: dict[str, Any]) -> None:
    assert prepare(upload(drawn(**options))).width == 800


def test_a_moving_picture_is_taken_by_its_first_image() -> None:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("#f00", "#00f")]
    file = BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert opened(prepare(upload(file.getvalue()))).getpixel((50, 50)) == pytest.approx((255, 0, 0), abs=4)
