"""Keeping what somebody types, and letting it go."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.drafts.models import Draft
from core.privacy.retention import some

MOST: Final = 50  # for one person: beyond, the oldest goes
LONGEST: Final = 600_000
_ASSETS: Final = "-assets"
_UNKEPT: Final = frozenset({"csrfmiddlewaretoken", "read", "key", "version"})
Fields = Iterable[tuple[str, list[str]]]


class KeptElsewhere(Exception):
    """Another tab kept something after this one read."""


@transaction.atomic
def keep(*, owner: Any, kind: str, key: UUID, fields: Fields, read: int | None) -> Draft:
    """Keep a form. `read` is the version that the page knows, None to keep in any case.

    Raises KeptElsewhere, and ValidationError for more than anybody types.
    """
    kept = [[name, values] for name, values in fields if name not in _UNKEPT]
    if sum(len(name) + sum(map(len, values)) for name, values in kept) > LONGEST:
        raise ValidationError(_("Ce formulaire est trop long pour être gardé au fil de la saisie."), "too_long")
    User.objects.select_for_update().get(pk=owner.pk)  # two tabs take turns, and a new draft has no row to lock
    found = Draft.objects.filter(owner_id=owner.pk, kind=kind, key=key).first()
    if read is not None and found is not None and found.version != read:
        raise KeptElsewhere
    draft = found or Draft(owner_id=owner.pk, kind=kind, key=key, version=0)
    draft.fields, draft.assets = kept, _assets(kept)
    draft.version, draft.saved_at = draft.version + 1, timezone.now()
    draft.save()
    if found is None:
        _make_room(owner)
    return draft


def drop(user: Any, kind: str, key: UUID | str) -> None:
    """Once the form is saved, or when its author wants nothing of it."""
    Draft.objects.filter(owner_id=user.pk, kind=kind, key=key).delete()


def forget(before: datetime) -> int:
    return some(Draft.objects.filter(saved_at__lte=before)).delete()[0]


def _assets(kept: list[list[Any]]) -> list[str]:
    found = []
    for name, values in kept:
        if name.endswith(_ASSETS):
            for value in values[:100]:
                try:
                    found.append(str(UUID(value)))
                except ValueError:
                    continue
    return found


def _make_room(owner: Any) -> None:
    old = Draft.objects.filter(owner_id=owner.pk).order_by("-saved_at", "-pk").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()
