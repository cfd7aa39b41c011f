"""Videos are made ready by a job: one at a time, taken by a row that says since when."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.media.decoding.process import Decoded, private_folder, transcode
from core.media.decoding.refused import Refused
from core.media.files import files_in_transaction, remove, write
from core.media.models import CAPTIONS, Asset, AssetState
from core.media.quota import make_room
from core.media.refusals import refusal

_GIVEN_UP: Final = timedelta(minutes=45)


def prepare_next() -> datetime | None:
    """Make one video ready, or say why it cannot be; return when to come again (at once while others wait)."""
    asset = _taken()
    if asset is not None:
        _prepare(asset)
    waiting = Asset.objects.filter(state=AssetState.PREPARING)
    if not waiting.exists():
        return None
    now = timezone.now()
    return now if waiting.filter(_free(now)).exists() else now + _GIVEN_UP


def _free(now: datetime) -> Q:
    return Q(started_at=None) | Q(started_at__lte=now - _GIVEN_UP)


@transaction.atomic
def _taken() -> Asset | None:
    """A video that nobody works on, or whose worker was lost."""
    now = timezone.now()
    waiting = Asset.objects.filter(_free(now), state=AssetState.PREPARING).order_by("pk")
    asset = waiting.select_for_update(skip_locked=True).first()
    if asset:
        asset.started_at = now
        asset.save(update_fields=["started_at"])
    return asset


def _prepare(asset: Asset) -> None:
    with private_folder() as folder:
        source, out = folder / "file", folder / "out"
        out.mkdir()
        try:
            assert asset.main is not None
            with default_storage.open(f"{asset.prefix}/{asset.main['name']}") as stored, source.open("wb") as copy:
                shutil.copyfileobj(stored, copy, 1024 * 1024)
            _replace(asset, transcode(source, out))
        except Refused as refused:
            _refuse(asset, refusal(refused.reason, ["video"]).messages[0])
        except ValidationError as error:
            _refuse(asset, error.messages[0])
        except FileNotFoundError:
            _refuse(asset, "")


@files_in_transaction()
def _replace(asset: Asset, decoded: Decoded) -> None:
    """Put what was made in the place of what was sent, unless the asset went meanwhile."""
    found = Asset.objects.select_for_update().filter(pk=asset.pk, state=AssetState.PREPARING).first()
    if found is None:
        return
    made: dict[str, Path] = {f"{Path(each.name).stem}-ready{Path(each.name).suffix}" if each.name == "video.mp4" else
                             each.name: each.path for each in decoded.renditions}  # fmt: skip
    weights = {name: path.stat().st_size for name, path in made.items()}
    make_room(sum(weights.values()), announced=found.stored_bytes)
    before = list(found.names)
    captions = [each for each in found.renditions if each["type"] == CAPTIONS]
    for name, path in made.items():
        write(f"{found.prefix}/{name}", path)
    found.renditions = [*_listed(decoded, made, weights), *captions]
    found.state, found.width, found.height = AssetState.READY, decoded.width, decoded.height
    found.duration, found.stored_bytes = decoded.duration, sum(each["bytes"] for each in found.renditions)
    found.save()
    gone = sorted(set(before) - set(found.names))
    transaction.on_commit(lambda: remove(gone), robust=True)


def _listed(decoded: Decoded, made: dict[str, Path], weights: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"name": name, "type": each.type, "width": each.width, "bytes": weights[name]}
        for name, each in zip(made, decoded.renditions, strict=True)
    ]


@transaction.atomic
def _refuse(asset: Asset, sentence: str) -> None:
    """Nothing of it is kept but why."""
    gone = list(asset.names)
    Asset.objects.filter(pk=asset.pk).update(state=AssetState.REFUSED, refusal=sentence, renditions=[], stored_bytes=0)
    transaction.on_commit(lambda: remove(gone), robust=True)
