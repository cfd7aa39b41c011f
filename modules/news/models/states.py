"""The states of an item, and which follows which."""

from collections.abc import Mapping
from typing import Final

from django.db import models


class ItemState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    TO_VALIDATE = "to_validate", "à valider"
    SCHEDULED = "scheduled", "programmée"
    PUBLISHED = "published", "publiée"
    EXPIRED = "expired", "expirée"
    ARCHIVED = "archived", "archivée"
    UNPUBLISHED = "unpublished", "retirée"
    DELETED = "deleted", "supprimée"


_S = ItemState
NEXT: Final[Mapping[str, frozenset[str]]] = {
    _S.DRAFT: frozenset({_S.TO_VALIDATE, _S.SCHEDULED, _S.PUBLISHED, _S.DELETED}),
    _S.TO_VALIDATE: frozenset({_S.DRAFT, _S.SCHEDULED, _S.PUBLISHED}),
    _S.SCHEDULED: frozenset({_S.DRAFT, _S.UNPUBLISHED, _S.SCHEDULED, _S.PUBLISHED}),
    _S.PUBLISHED: frozenset({_S.UNPUBLISHED, _S.EXPIRED, _S.ARCHIVED}),
    _S.EXPIRED: frozenset({_S.PUBLISHED, _S.SCHEDULED, _S.ARCHIVED, _S.UNPUBLISHED}),
    _S.ARCHIVED: frozenset({_S.PUBLISHED, _S.SCHEDULED, _S.UNPUBLISHED}),
    _S.UNPUBLISHED: frozenset({_S.DRAFT, _S.TO_VALIDATE, _S.SCHEDULED, _S.PUBLISHED}),
    _S.DELETED: frozenset({_S.DRAFT}),
}
# Where anybody may read an item; elsewhere only whoever writes the news.
READABLE: Final = (ItemState.PUBLISHED, ItemState.ARCHIVED)
# What residents read, or will read by itself: changed by whoever may publish, and by nobody else.
GUARDED: Final = (ItemState.SCHEDULED, ItemState.PUBLISHED, ItemState.ARCHIVED)
