"""The signed quote that the mairie sends: a PDF that can be read, or a refusal in words."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.media.decoding.process import decode, private_folder
from core.media.decoding.refused import Refused
from core.media.refusals import refusal

HEAVIEST: Final = 10 * 1024 * 1024


def received_pdf(file: Any) -> bytes:
    """The bytes of an uploaded file, once a process apart could read them. Raises ValidationError."""
    if (file.size or 0) > HEAVIEST:
        raise ValidationError(_("Ce fichier est trop lourd : 10 Mo au plus."), code="heavy")
    data = b"".join(file.chunks())
    with private_folder() as folder:
        out = folder / "out"
        out.mkdir()
        (folder / "signed").write_bytes(data)
        try:
            decode(folder / "signed", out, ["document"])
        except Refused as error:
            raise refusal(error.reason, ["document"]) from error
    return data
