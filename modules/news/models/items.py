"""News items."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db import models
from django.db.models import Case, F, IntegerField, OuterRef, Prefetch, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.media.models import Asset, ExternalVideo
from core.organisation.models import Department
from core.richtext.fields import RichTextField
from core.richtext.text import plain
from core.tenancy.models import CommuneModel
from core.territory.models import Area
from core.web.addresses import address
from core.web.french import day, day_and_time
from modules.news.models.searching import search_query, search_vector
from modules.news.models.states import GUARDED, READABLE, ItemState
from modules.news.models.themes import Theme

MOST_PINNED = 3
THE_MAIRIE = "La mairie"
_SAVED = _("enregistrée le %(updated_at)s")
_SHOWN_UNTIL = _("en ligne jusqu’au %(last_moment)s")
_SITUATIONS = {
    ItemState.DRAFT: _SAVED,
    ItemState.TO_VALIDATE: _SAVED,
    ItemState.SCHEDULED: _("paraîtra %(publish_at)s"),
    ItemState.PUBLISHED: _("en ligne depuis le %(published_at)s"),
    ItemState.EXPIRED: _("a disparu après le %(last_moment)s"),
    ItemState.ARCHIVED: _("parue le %(published_at)s"),
    ItemState.UNPUBLISHED: _SAVED,
}


class NewsItems(models.QuerySet["NewsItem"]):
    def visible(self) -> Self:
        """What everybody is shown."""
        return self.filter(state=ItemState.PUBLISHED)

    def readable(self) -> Self:
        """What everybody may read, archives included."""
        return self.filter(state__in=READABLE)

    def for_viewer(self, viewer: Any) -> Self:
        """Everything to those who write the news, what anybody may read to the others."""
        return self if viewer.has_perm("news.write") else self.readable()

    def rows(self, *, places: bool = True) -> Self:
        """As a list shows them: without their text, and without the names of areas where no item has any."""
        bare = self.defer("body", "vector")
        return bare.with_places() if places else bare

    def with_places(self) -> Self:
        """With `places`, the names of their areas, in the same statement."""
        through: Any = NewsItem.areas.through
        named = through.objects.filter(item=OuterRef("pk")).order_by("area__name").values("area__name")
        return self.annotate(places=ArraySubquery(named))

    def whole(self) -> Self:
        """With all that an item's page shows, in as many statements whatever there is."""
        areas = Prefetch("areas", Area.objects.only("pk", "name", "closed_at"))
        found = self.select_related("department", "lead", "video", "author").defer("vector")
        return found.with_files().with_places().prefetch_related(areas)

    def with_files(self) -> Self:
        attached: Any = NewsItem._meta.get_field("attachments").related_model
        return self.prefetch_related(Prefetch("attachments", attached.objects.select_related("asset")))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def pinned_first(self) -> Self:
        """The newest few of those that are pinned, then the newest."""
        pinned = self.filter(pin_until__gt=timezone.now()).order_by("-published_at", "-pk").values("pk")[:MOST_PINNED]
        place = Case(When(pk__in=pinned, then=Value(0)), default=Value(1), output_field=IntegerField())
        return self.order_by(place, "-published_at", "-pk")

    def matching(self, words: str) -> Self:
        """Items with every one of these words, or words that begin so, best first; accents and endings do not count."""
        query = search_query(words)
        if query is None:
            return self.none()
        return self.filter(vector=query).annotate(rank=SearchRank(F("vector"), query)).order_by("-rank", "-pk")


class KeptItems(models.Manager.from_queryset(NewsItems)):  # type: ignore[misc]
    """All but those that were deleted and may still be taken back."""

    def get_queryset(self) -> NewsItems:
        found: NewsItems = super().get_queryset().exclude(state=ItemState.DELETED)
        return found


class NewsItem(CommuneModel):
    """A piece of news. `version` grows with each change, so that an editor cannot undo another's work unknowingly.

    `tell` is whether its publication, now or to come, is to be told to the inhabitants. `corrected_at` is when what it
    says last changed since it is public. `lead` is the first picture among its files.
    """

    State = ItemState

    title = models.CharField("titre", max_length=80)
    summary = models.CharField("résumé", max_length=160)
    body = RichTextField("texte", max_length=20_000, blank=True)
    theme = models.CharField("thème", max_length=12, choices=Theme, default=Theme.COUNCIL)
    areas = models.ManyToManyField(Area, through="news.ItemArea", related_name="+")
    lead = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    video = models.OneToOneField(ExternalVideo, models.SET_NULL, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=ItemState, default=ItemState.DRAFT)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    expire_at = models.DateTimeField(null=True, blank=True)
    pin_until = models.DateTimeField(null=True, blank=True)
    tell = models.BooleanField(default=False)
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

    places: Sequence[str] = ()  # the names of its areas, of one read `with_places`

    everything = NewsItems.as_manager()
    objects = KeptItems()

    class Meta:
        verbose_name_plural = "Actualités"
        indexes = [models.Index(fields=["state", "-published_at"], name="news_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ItemState.SCHEDULED) | Q(publish_at__isnull=False),
                name="a_scheduled_item_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ItemState.PUBLISHED, ItemState.EXPIRED, ItemState.ARCHIVED])
                | Q(published_at__isnull=False),
                name="a_published_item_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.vector = search_vector(self.title, self.summary, plain(self.body))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("news:item", self.pk)

    def get_office_url(self) -> str:
        return address("news-office:preview", self.pk)

    @property
    def look(self) -> Theme:
        return Theme(self.theme)

    @property
    def stage(self) -> ItemState:
        return ItemState(self.state)

    @property
    def signature(self) -> str:
        """Who speaks, as a function: never the person who wrote."""
        return self.department.name if self.department else THE_MAIRIE

    @property
    def assets(self) -> list[Asset]:
        return [each.asset for each in self.attachments.all()]

    @property
    def others(self) -> list[Asset]:
        """Its files but the one that leads."""
        return [asset for asset in self.assets if asset.pk != self.lead_id]

    @property
    def is_draft(self) -> bool:
        return self.state == ItemState.DRAFT

    @property
    def is_to_validate(self) -> bool:
        return self.state == ItemState.TO_VALIDATE

    @property
    def is_scheduled(self) -> bool:
        return self.state == ItemState.SCHEDULED

    @property
    def is_published(self) -> bool:
        return self.state == ItemState.PUBLISHED

    @property
    def is_expired(self) -> bool:
        return self.state == ItemState.EXPIRED

    @property
    def is_archived(self) -> bool:
        return self.state == ItemState.ARCHIVED

    @property
    def is_readable(self) -> bool:
        return self.state in READABLE

    @property
    def is_guarded(self) -> bool:
        """Whether only those who may publish may change it."""
        return self.state in GUARDED

    @property
    def tone(self) -> str:
        """The colour of its state in a list."""
        if self.is_published:
            return "ok"
        return "warn" if self.is_scheduled or self.is_to_validate else ""

    @property
    def situation(self) -> str:
        """Where it stands and since when, in words."""
        said = str(_SHOWN_UNTIL if self.is_published and self.expire_at else _SITUATIONS[self.stage])
        told = {"publish_at": day_and_time(self.publish_at) if self.publish_at else ""}
        for name in ("published_at", "updated_at", "last_moment"):
            moment = getattr(self, name)
            told[name] = day(moment) if moment and f"({name})" in said else ""
        return said % told

    @property
    def last_moment(self) -> datetime | None:
        """On the last day that it is shown."""
        return self.expire_at - timedelta(microseconds=1) if self.expire_at else None

    @property
    def is_pinned(self) -> bool:
        return self.pin_until is not None and self.pin_until > timezone.now()
