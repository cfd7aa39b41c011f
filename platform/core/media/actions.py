"""Keeping files, saying what they show, and letting them go."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.media.decoding.process import ffmpeg
from core.media.files import files_in_transaction, remove, write
from core.media.models import CAPTIONS, Asset, AssetKind, AssetState, Upload, commune_prefix
from core.media.quota import Usage, make_room
from core.media.quota import usage as usage
from core.media.receiving import KINDS, Readable, Received, receive
from core.media.sweeping import UNCLAIMED_KEPT, UNCLAIMED_SWEEP
from core.privacy.retention import some
from core.tenancy.due import due
from core.tenancy.here import current
from core.tenancy.keys import uuid7

__all__ = [
    "ALT_NEEDED",
    "Usage",
    "check_alt",
    "describe",
    "erase_everywhere",
    "forget",
    "forget_author",
    "forget_authors",
    "keep",
    "store",
    "usage",
]

ALT_NEEDED = _("Décrivez l’image en quelques mots, ou cochez « Image décorative ».")
PREPARE = "media.prepare"


def check_alt(alt: str, *, decorative: bool) -> str:
    """The description to keep, empty for a decorative picture. Raises ValidationError on `alt` when it lacks."""
    words = " ".join(alt.split())
    if decorative:
        return ""
    if not words:
        raise ValidationError({"alt": ALT_NEEDED})
    return words


def keep(
    file: Readable | IO[bytes], *, author: Any, kinds: Collection[str] = KINDS, name: str = "", announced: int = 0
) -> Asset:
    """Check and keep a file that nothing shows yet: unless a module claims it, it goes after two days.

    `announced` bytes of it are counted already. Raises ValidationError with the sentence of its refusal.
    """
    with receive(file, kinds, name) as received:
        return store(received, author=author, announced=announced)


@files_in_transaction()
def store(received: Received, *, author: Any, announced: int = 0, **described: Any) -> Asset:
    """Keep what was received, with what its author says of it. Inside a caller's `files_in_transaction`, its files
    share that fate."""
    decoded = received.decoded
    kind = AssetKind(decoded.format.kind)
    types = {each.name: (each.type, each.width) for each in decoded.renditions}
    key = uuid7()
    weights = {
        name: len(data) if isinstance(data, bytes) else data.stat().st_size for name, data in received.files.items()
    }
    asset = Asset(
        pk=key,
        kind=kind,
        state=AssetState.PREPARING if kind is AssetKind.VIDEO and ffmpeg() else AssetState.READY,
        prefix=commune_prefix(current(), key),
        original_name=received.name,
        content_hash=received.content_hash,
        stored_bytes=sum(weights.values()),
        width=decoded.width,
        height=decoded.height,
        pages=decoded.pages,
        has_text=decoded.has_text,
        duration=decoded.duration,
        renditions=[
            _rendition(name, *types.get(name, (decoded.format.type, 0)), weights[name]) for name in received.files
        ],
        author_id=getattr(author, "pk", None),
        **described,
    )
    asset.clean_description()
    make_room(received.weight, announced=announced)
    for name, data in received.files.items():
        write(f"{asset.prefix}/{name}", data)
    asset.save(force_insert=True)
    due(UNCLAIMED_SWEEP, timezone.now() + UNCLAIMED_KEPT)
    if asset.state == AssetState.PREPARING:
        due(PREPARE)
    return asset


@files_in_transaction()
def describe(asset: Asset, **described: Any) -> Asset:
    """Save what is said of an asset: what was set on it, and these (the names of `Asset.DESCRIBED`).

    Raises ValidationError, by field.
    """
    for name, value in described.items():
        if name not in Asset.DESCRIBED:
            raise TypeError(name)
        setattr(asset, name, value)
    if asset.is_picture:
        asset.alt = check_alt(asset.alt, decorative=asset.decorative)
    asset.clean_description()
    if asset.new_captions is not None:
        _write_captions(asset, asset.new_captions.encode())
        asset.new_captions = None
    asset.save(update_fields=[*Asset.DESCRIBED, "renditions", "stored_bytes"])
    return asset


def forget(asset: Asset) -> None:
    """Erase an asset; its files go once that is committed."""
    asset.delete()


@transaction.atomic
def erase_everywhere(*, key: UUID, author: Any) -> Asset | None:
    """Erase a file from every page and every version that shows it; None when it is gone already."""
    asset = Asset.objects.select_for_update().filter(pk=key).first()
    if asset is not None:
        record("media.erased", target=str(asset), author=author)
        asset.delete()
    return asset


def forget_authors(before: datetime) -> int:
    """Forget who sent what was sent by then; return how many."""
    return some(Asset.objects.filter(author_id__isnull=False, created_at__lte=before)).update(author_id=None)


def forget_author(user: Any) -> None:
    """Files stay; who sent them does not. What is on its way goes."""
    Asset.objects.filter(author_id=user.pk).update(author_id=None)
    for upload in Upload.objects.filter(owner_id=user.pk):
        upload.delete()


def _write_captions(asset: Asset, text: bytes) -> None:
    """In place of those it had: a file never changes under its name."""
    name = f"captions-{sha256(text).hexdigest()[:8]}.vtt"
    if asset.rendition(name):
        return
    make_room(len(text))
    found = Asset.objects.select_for_update().get(pk=asset.pk)
    gone = [f"{asset.prefix}/{each['name']}" for each in found.renditions if each["type"] == CAPTIONS]
    kept = [each for each in found.renditions if each["type"] != CAPTIONS]
    asset.renditions = [*kept, _rendition(name, CAPTIONS, 0, len(text))]
    asset.stored_bytes = sum(each["bytes"] for each in asset.renditions)
    write(f"{asset.prefix}/{name}", text)
    transaction.on_commit(lambda: remove(gone), robust=True)


def _rendition(name: str, type_: str, width: int, size: int) -> dict[str, Any]:
    return {"name": name, "type": type_, "width": width, "bytes": size}
