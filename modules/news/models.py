"""News items and the periods in which they were published."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.urls import reverse

from core.media.models import Asset
from core.tenancy.models import CommuneModel
from tenants.directory.folding import fold


class Theme(models.TextChoices):
    COUNCIL = "council", "Vie municipale"
    WORKS = "works", "Travaux"
    UTILITIES = "utilities", "Eau et énergie"
    CHILDHOOD = "childhood", "École et enfance"
    CULTURE = "culture", "Culture et fêtes"
    SPORT = "sport", "Sport et associations"
    ENVIRONMENT = "environment", "Environnement"
    PRACTICAL = "practical", "Pratique"

    @property
    def icon(self) -> str:
        return _LOOKS[self][0]

    @property
    def tint(self) -> int:
        """One of the three tints of a list row's tile."""
        return _LOOKS[self][1]


_LOOKS = {
    Theme.COUNCIL: ("people", 1),
    Theme.WORKS: ("settings", 3),
    Theme.UTILITIES: ("town", 2),
    Theme.CHILDHOOD: ("people", 3),
    Theme.CULTURE: ("calendar", 1),
    Theme.SPORT: ("shield", 3),
    Theme.ENVIRONMENT: ("map", 2),
    Theme.PRACTICAL: ("info", 1),
}


class ItemState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SCHEDULED = "scheduled", "programmée"
    PUBLISHED = "published", "publiée"
    UNPUBLISHED = "unpublished", "retirée"


class NewsItems(models.QuerySet["NewsItem"]):
    def visible(self) -> Self:
        """What everybody may read."""
        return self.filter(state=ItemState.PUBLISHED)

    def for_viewer(self, viewer: Any) -> Self:
        """Everything to those who write the news, what is published to the others."""
        return self if viewer.has_perm("news.write") else self.visible()

    def rows(self) -> Self:
        """As a list shows them: without their text."""
        return self.defer("body", "vector").select_related("picture")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def matching(self, words: str) -> Self:
        """Items with every one of these words, or words that begin so, best first; accents and endings do not count."""
        query = search_query(words)
        if query is None:
            return self.none()
        return self.filter(vector=query).annotate(rank=SearchRank(F("vector"), query)).order_by("-rank", "-pk")


class NewsItem(CommuneModel):
    """A piece of news. `version` grows with each save, so that an editor cannot undo another's work unknowingly."""

    State = ItemState

    title = models.CharField("titre", max_length=80)
    summary = models.CharField("résumé", max_length=160)
    body = models.TextField("texte", max_length=20_000, blank=True)
    theme = models.CharField("thème", max_length=12, choices=Theme, default=Theme.COUNCIL)
    picture = models.OneToOneField(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=ItemState, default=ItemState.DRAFT)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    vector = SearchVectorField(null=True, editable=False)

    objects = NewsItems.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-published_at"], name="news_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ItemState.SCHEDULED) | Q(publish_at__isnull=False),
                name="a_scheduled_item_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.PUBLISHED) | Q(published_at__isnull=False),
                name="a_published_item_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.vector = search_vector(self.title, self.summary, self.body)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("news:item", args=[self.pk])

    @property
    def look(self) -> Theme:
        return Theme(self.theme)

    @property
    def is_draft(self) -> bool:
        return self.state == ItemState.DRAFT

    @property
    def is_scheduled(self) -> bool:
        return self.state == ItemState.SCHEDULED

    @property
    def is_published(self) -> bool:
        return self.state == ItemState.PUBLISHED

    @property
    def was_revised(self) -> bool:
        """Whether its text changed after it was published."""
        return self.published_at is not None and (self.updated_at - self.published_at).total_seconds() > 60


class Publication(CommuneModel):
    """An item was public from `published_at` to `ended_at`; `author` decided it, at once or by scheduling."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="publications", db_index=False)
    published_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(ended_at__isnull=True), name="an_item_is_published_once_at_a_time"
            ),
            models.UniqueConstraint(fields=["item", "published_at"], name="publications_of_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} from {self.published_at:%Y-%m-%d %H:%M}"


def search_vector(title: str, summary: str, body: str) -> Any:
    parts = ((title, "A"), (summary, "B"), (body, "C"))
    first: Combinable
    first, *others = (SearchVector(Value(fold(text)), weight=weight, config="french") for text, weight in parts)
    for other in others:
        first += other
    return first


def search_query(words: str) -> SearchQuery | None:
    """Every word, without accents, as a beginning. None when nothing is left to look for."""
    terms = [term[:40] for term in fold(words).split() if len(term) > 1 or term.isdigit()][:8]
    return SearchQuery(" & ".join(f"{term}:*" for term in terms), search_type="raw", config="french") if terms else None
