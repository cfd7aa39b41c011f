"""The states of an alert, and which follows which."""

from collections.abc import Mapping
from typing import Final

from django.db import models


class AlertState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    TO_VALIDATE = "to_validate", "à valider"
    SENT = "sent", "en cours"
    UPDATED = "updated", "mise à jour"
    LIFTED = "lifted", "levée"
    EXPIRED = "expired", "expirée"
    CANCELLED = "cancelled", "annulée"


_S = AlertState
NEXT: Final[Mapping[str, frozenset[str]]] = {
    _S.DRAFT: frozenset({_S.TO_VALIDATE, _S.SENT}),
    _S.TO_VALIDATE: frozenset({_S.DRAFT, _S.SENT}),
    _S.SENT: frozenset({_S.UPDATED, _S.LIFTED, _S.EXPIRED, _S.CANCELLED}),
    _S.UPDATED: frozenset({_S.UPDATED, _S.LIFTED, _S.EXPIRED, _S.CANCELLED}),
    _S.LIFTED: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.CANCELLED: frozenset(),
}
UNSENT: Final = (AlertState.DRAFT, AlertState.TO_VALIDATE)
LIVE: Final = (AlertState.SENT, AlertState.UPDATED)
# What anybody may read: all that was told.
PUBLIC: Final = (*LIVE, AlertState.LIFTED, AlertState.EXPIRED, AlertState.CANCELLED)
