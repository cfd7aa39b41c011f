"""Reading drafts."""

from typing import Any
from uuid import UUID

from core.drafts.models import Draft


def draft_of(owner: Any, kind: str, key: UUID) -> Draft | None:
    return Draft.objects.filter(owner_id=owner.pk, kind=kind, key=key).first()


def holds(asset_id: UUID) -> bool:
    """Whether a file was chosen in a form that is not sent yet."""
    return Draft.objects.filter(assets__contains=[str(asset_id)]).exists()
