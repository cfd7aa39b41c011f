"""Files, with what is stored of them."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

from django.utils import timezone
from PIL import Image

from core.accounts.models import User
from core.media.actions import store
from core.media.files import files_in_transaction, write
from core.media.models import Asset, ExternalVideo, Upload, VideoProvider, commune_prefix
from core.media.receiving import receive_picture
from core.tenancy.here import current
from tests.planting import Mark, Plot, factory

SAMPLES = {("media", "key"): Asset, ("media", "name"): "480.jpg", ("media-upload", "key"): Upload}


@factory(Asset)
def asset(plot: Plot, mark: Mark) -> Asset:
    """In a colour of its own, so that the files of two communes differ."""
    file = BytesIO()
    red, green, blue = sha256(mark.secret.encode()).digest()[:3]
    Image.new("RGB", (80, 80), (red, green, blue)).save(file, "PNG")
    file.seek(0)
    return store(receive_picture(file), alt=mark.text, author=plot[User])


@factory(Upload)
def upload(plot: Plot, mark: Mark) -> Upload:
    """Half of a file."""
    made = Upload(owner_id=plot[User].pk, name=mark.text, kinds=["picture"], size=20, received=10, parts=[0])
    made.prefix = commune_prefix(current(), f"uploads/{made.pk}")
    made.expires_at = timezone.now() + timedelta(hours=1)
    with files_in_transaction():
        write(made.part_name(0), mark.secret.encode()[:10])
        made.save(force_insert=True)
    return made


@factory(ExternalVideo)
def external_video(plot: Plot, mark: Mark) -> ExternalVideo:
    return ExternalVideo.objects.create(
        provider=VideoProvider.PEERTUBE, host="videos.example", key="abcdefgh", title=mark.text, poster=plot[Asset]
    )
