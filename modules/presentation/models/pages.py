"""Pages, the copy of each that the mairie works on, and every one that was put online."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.tenancy.models import CommuneModel
from modules.presentation.models.words import query_of


class Page(CommuneModel):
    """A page of « La commune ». The one without a slug is the summary page itself: it cannot be moved or taken away.

    What it says is in its versions. A page that was deleted keeps everything for a month.
    """

    slug = models.SlugField("adresse", max_length=60, unique=True, db_index=False, blank=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name_plural = "Pages"
        ordering = ["position", "created_at"]

    def __str__(self) -> str:
        return self.slug or "la commune"

    @property
    def is_summary(self) -> bool:
        return not self.slug

    def get_absolute_url(self) -> str:
        return reverse("presentation:detail", args=[self.slug]) if self.slug else reverse("presentation:page")


class FormerSlug(CommuneModel):
    """An address that a page had, from which its readers are led to the one it has."""

    slug = models.SlugField(max_length=60, unique=True, db_index=False)
    page = models.ForeignKey(Page, models.CASCADE, related_name="former_slugs")
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "Anciennes adresses des pages"

    def __str__(self) -> str:
        return self.slug


class Versions(models.QuerySet["PageVersion"]):
    def working(self) -> Self:
        return self.filter(published_at__isnull=True, ended_at__isnull=True)

    def online(self) -> Self:
        """What everybody reads."""
        return self.filter(published_at__isnull=False, ended_at__isnull=True, page__deleted_at__isnull=True)

    def matching(self, words: str) -> Self:
        """Those with every one of these words, or words that begin so, best first; accents do not count."""
        query = query_of(words)
        if query is None:
            return self.none()
        return self.filter(vector=query).annotate(rank=SearchRank(F("vector"), query)).order_by("-rank", "-pk")


class PageVersion(CommuneModel):
    """What a page says: its title, its summary and, in its blocks, the rest.

    Of a page there is one working copy, never published; one version online at most; and all those that were online,
    or that were set aside before they were, which have ended.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="versions")
    title = models.CharField("titre", max_length=100)
    summary = models.CharField("résumé", max_length=200, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    vector = SearchVectorField(null=True, editable=False)

    objects = Versions.as_manager()

    class Meta:
        verbose_name_plural = "Versions des pages"
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(published_at__isnull=True, ended_at__isnull=True),
                name="a_page_has_one_working_copy",
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(published_at__isnull=False, ended_at__isnull=True),
                name="a_page_has_one_version_online",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_working(self) -> bool:
        return self.published_at is None and self.ended_at is None

    @property
    def is_online(self) -> bool:
        return self.published_at is not None and self.ended_at is None
