"""Receiving a file in parts. Each part is stored for good before the row counts it, and the row before it is said."""

from collections.abc import Collection
from io import RawIOBase
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.media.actions import keep
from core.media.decoding.limits import MAX_BYTES, MEGABYTE
from core.media.decoding.refused import Reason
from core.media.files import files_in_transaction, remove, write
from core.media.models import Upload, commune_prefix
from core.media.quota import admit, make_room
from core.media.receiving import KINDS, plain_name
from core.media.refusals import refusal
from core.media.sweeping import UNCLAIMED_SWEEP, UPLOAD_KEPT
from core.tenancy.due import due
from core.tenancy.here import current

PART: Final = 8 * MEGABYTE
MOST_AT_ONCE: Final = 20


class OutOfStep(Exception):
    """The part does not begin where what was received ends."""


class Busy(Exception):
    """Another request is adding to this file."""


@transaction.atomic
def begin(*, owner: Any, name: str, size: int, kinds: Collection[str]) -> Upload:
    """Announce a file of `size` bytes. Raises ValidationError with a sentence when it cannot be taken."""
    accepted = [kind for kind in KINDS if kind in kinds] or [*KINDS]
    if size <= 0:
        raise refusal(Reason.EMPTY, accepted)
    if size > max(MAX_BYTES[kind] for kind in accepted):
        raise refusal(Reason.TOO_HEAVY, accepted)
    admit(owner)
    if Upload.objects.filter(owner_id=owner.pk, asset=None, refusal="").count() >= MOST_AT_ONCE:
        raise ValidationError(_("Trop d’envois en cours : terminez-les, ou annulez-en."), code="too_many_at_once")
    make_room(size)
    upload = Upload(owner_id=owner.pk, name=plain_name(name), kinds=accepted, size=size)
    upload.prefix = commune_prefix(current(), f"uploads/{upload.pk}")
    upload.expires_at = timezone.now() + UPLOAD_KEPT
    upload.save(force_insert=True)
    due(UNCLAIMED_SWEEP, upload.expires_at)
    return upload


def of(owner: Any, key: UUID) -> Upload:
    """Somebody's own, not expired. Raises Upload.DoesNotExist."""
    return Upload.objects.get(pk=key, owner_id=owner.pk, expires_at__gt=timezone.now())


@files_in_transaction()
def append(*, owner: Any, key: UUID, offset: int, data: bytes) -> Upload:
    """Add a part. Raises OutOfStep, Busy, and ValueError when it would be longer than announced."""
    upload = _locked(owner, key)
    if upload.received != offset or upload.is_over:
        raise OutOfStep
    if offset + len(data) > upload.size:
        raise ValueError("longer than announced")
    if data:
        write(upload.part_name(offset), data)
        upload.parts = [*upload.parts, offset]
        upload.received += len(data)
        upload.save(update_fields=["parts", "received"])
    return upload


@transaction.atomic
def finish(*, owner: Any, key: UUID) -> Upload:
    """Make an asset of a file that is whole, once: asked again, it answers the same. Raises Busy, OutOfStep."""
    upload = _locked(owner, key)
    if upload.is_over:
        return upload
    if not upload.is_whole:
        raise OutOfStep
    names = list(upload.names)
    with Joined(names) as file:
        try:
            upload.asset = keep(file, author=owner, kinds=upload.kinds, name=upload.name, announced=upload.size)
        except ValidationError as error:
            upload.refusal = error.messages[0]
    upload.parts = []
    upload.save(update_fields=["asset", "refusal", "parts"])
    transaction.on_commit(lambda: remove(names), robust=True)
    return upload


@transaction.atomic
def cancel(*, owner: Any, key: UUID) -> None:
    """Forget a file on its way, parts included; an asset that it became goes by itself when nothing shows it."""
    _locked(owner, key).delete()


def _locked(owner: Any, key: UUID) -> Upload:
    try:
        with transaction.atomic():
            found = Upload.objects.select_for_update(nowait=True, of=("self",)).filter(expires_at__gt=timezone.now())
            return found.get(pk=key, owner_id=owner.pk)
    except OperationalError as error:
        raise Busy from error


class Joined(RawIOBase):
    """Stored parts, read one after the other."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = list(names)
        self._open: Any = None

    def read(self, size: int = -1, /) -> bytes:
        while True:
            if self._open is None:
                if not self._names:
                    return b""
                self._open = default_storage.open(self._names.pop(0))
            if block := self._open.read(size if size >= 0 else PART):
                return bytes(block)
            self._open.close()
            self._open = None

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
        super().close()
