"""Having files read in the tests."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from core.media.decoding.process import Decoded
from core.media.decoding.refused import Reason, Refused
from core.media.refusals import refusal

KINDS = ("picture", "document", "video")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
Read = Callable[..., Decoded]


def refused(read: Read, data: bytes, *kinds: str) -> Reason:
    with pytest.raises(Refused) as found:
        read(data, *kinds)
    assert refusal(found.value.reason, kinds or KINDS).messages[0].endswith((".", "sinon."))
    return found.value.reason


def opened(decoded: Decoded, name: str = "480.jpg") -> Image.Image:
    return Image.open(BytesIO(next(each.path for each in decoded.renditions if each.name == name).read_bytes()))
