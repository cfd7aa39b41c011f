"""What the child makes of a picture."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms

from core.media.decoding.limits import SIZES
from core.media.decoding.pictures import fitted
from core.media.tests.pictures import SECRET, drawn, with_exif
from core.media.tests.reading import HTML, Read, opened


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
