"""The signed quote that somebody sends: a PDF that can be read, or a refusal in words."""

from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.media.decoding.process import decode, private_folder
from core.media.decoding.refused import Refused
from core.media.refusals import refusal

HEAVIEST: Final = 10 * 1024 * 1024


def signed_pdf(file: "UploadedFile[bytes]") -> bytes:
    """Its bytes, read by a process apart. Raises ValidationError with what is wrong."""
    if (file.size or 0) > HEAVIEST:
        raise ValidationError(_("Ce fichier est trop lourd : 10 Mo au plus."), code="heavy")
    data = b"".join(file.chunks())
    with private_folder() as folder:
        path, out = folder / "signed", folder / "out"
        out.mkdir()
        path.write_bytes(data)
        try:
            decode(path, out, ["document"])
        except Refused as error:
            raise refusal(error.reason, ["document"]) from error
    return data
