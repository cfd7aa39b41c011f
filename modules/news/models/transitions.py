"""Who moved an item from a state to another, and when."""

from django.conf import settings
from django.db import models

from core.tenancy.models import CommuneModel
from modules.news.models.items import NewsItem
from modules.news.models.states import ItemState

_WORDS = {
    ItemState.DRAFT: "Rendue à son auteur",
    ItemState.TO_VALIDATE: "Envoyée à valider",
    ItemState.SCHEDULED: "Programmée",
    ItemState.PUBLISHED: "Publiée",
    ItemState.EXPIRED: "Arrivée à sa date de fin",
    ItemState.ARCHIVED: "Archivée",
    ItemState.UNPUBLISHED: "Retirée",
    ItemState.DELETED: "Supprimée",
}
_CANCELLED, _TAKEN_BACK, _BACK = "Parution annulée", "Reprise", "Remise en ligne"


class Transition(CommuneModel):
    """An item went from `before` to `state`; `author` decided it, nobody when its date did."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="transitions", db_index=False)
    before = models.CharField(max_length=12, choices=ItemState)
    state = models.CharField(max_length=12, choices=ItemState)
    at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "Étapes de la vie des actualités"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["item", "at"], name="transitions_of_an_item")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.before} to {self.state}"

    @property
    def words(self) -> str:
        """What happened, as the beginning of a sentence."""
        if self.before == ItemState.SCHEDULED and self.state in {ItemState.DRAFT, ItemState.UNPUBLISHED}:
            return _CANCELLED
        if self.before == ItemState.DELETED:
            return _TAKEN_BACK
        if self.state == ItemState.PUBLISHED and self.before in {
            ItemState.UNPUBLISHED,
            ItemState.ARCHIVED,
            ItemState.EXPIRED,
        }:
            return _BACK
        return _WORDS[ItemState(self.state)]
