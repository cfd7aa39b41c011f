"""Captions of a video: a WebVTT file, read line by line and written again without what it may not hold."""

import re
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.decoding.limits import MAX_CAPTIONS

_CUE: Final = re.compile(r"^(?:\d+:)?\d{2}:\d{2}\.\d{3} --> (?:\d+:)?\d{2}:\d{2}\.\d{3}(?: .*)?$")
_NOT_CAPTIONS: Final = _("Ce fichier n’est pas un fichier de sous-titres WebVTT (.vtt).")


def read_captions(file: IO[bytes]) -> str:
    """The text to keep. Raises ValidationError with a sentence for whoever sent it."""
    data = file.read(MAX_CAPTIONS + 1)
    if len(data) > MAX_CAPTIONS:
        raise ValidationError(_("Ces sous-titres sont trop lourds : 512 ko au plus."), code="too_heavy")
    try:
        lines = data.decode("utf-8-sig").replace("\0", "").splitlines()
    except UnicodeDecodeError as error:
        raise ValidationError(_NOT_CAPTIONS, code="unknown") from error
    if not lines or not re.match(r"WEBVTT(?:[ \t].*)?$", lines[0]) or not any(map(_CUE.match, lines)):
        raise ValidationError(_NOT_CAPTIONS, code="unknown")
    return "\n".join(["WEBVTT", *(line.rstrip() for line in lines[1:]), ""])
