"""Storing a picture."""

from datetime import datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.files import files_in_transaction, write
from core.media.imaging import Prepared, prepare
from core.media.models import Picture
from core.privacy.retention import some
from core.tenancy.here import current
from core.tenancy.keys import uuid7

ALT_NEEDED = _("Décrivez l’image en quelques mots, ou cochez « Image décorative ».")


def check_alt(alt: str, *, decorative: bool) -> str:
    """The description to keep, empty for a decorative picture. Raises ValidationError on `alt` when it lacks."""
    words = " ".join(alt.split())
    if decorative:
        return ""
    if not words:
        raise ValidationError({"alt": ALT_NEEDED})
    return words


@files_in_transaction()
def store_picture(upload: IO[bytes] | Prepared, *, alt: str, decorative: bool, author: Any) -> Picture:
    """Keep an uploaded picture, drawn again, with its renditions.

    Raises ValidationError: on `alt` when a picture that says something is not described, and with a sentence of
    `imaging.prepare` when it is no picture. Inside a caller's `files_in_transaction`, its files share that fate.
    """
    words = check_alt(alt, decorative=decorative)
    prepared = upload if isinstance(upload, Prepared) else prepare(upload)
    key = uuid7()
    here = current()
    picture = Picture(
        pk=key,
        prefix=f"c/{here.commune_id or here.schema_name}/{key}",
        alt=words,
        width=prepared.width,
        height=prepared.height,
        author_id=getattr(author, "pk", None),
    )
    picture.full_clean(exclude=["prefix", "author_id"])
    for name, data in prepared.files.items():
        write(f"{picture.prefix}/{name}", data)
    picture.save(force_insert=True)
    return picture


def forget_authors(before: datetime) -> int:
    """The same, of every picture sent by then; return how many."""
    return some(Picture.objects.filter(author_id__isnull=False, created_at__lte=before)).update(author_id=None)


def forget_author(user: Any) -> None:
    """Pictures stay; who sent them does not. Each module that takes pictures calls it when it erases a person."""
    Picture.objects.filter(author_id=user.pk).update(author_id=None)
