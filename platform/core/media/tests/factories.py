"""Pictures, with their files."""

from hashlib import sha256
from io import BytesIO

from PIL import Image

from core.accounts.models import User
from core.media.actions import store_picture
from core.media.models import Picture
from tests.planting import Mark, Plot, factory

SAMPLES = {("media", "key"): Picture, ("media", "size"): 640, ("media", "suffix"): "jpg"}


@factory(Picture)
def picture(plot: Plot, mark: Mark) -> Picture:
    """In a colour of its own, so that the files of two communes differ."""
    file = BytesIO()
    red, green, blue = sha256(mark.secret.encode()).digest()[:3]
    Image.new("RGB", (80, 80), (red, green, blue)).save(file, "PNG")
    file.seek(0)
    return store_picture(file, alt=mark.text, decorative=False, author=plot[User])
