"""Daily life: waste collection, the canteen's menu, the market."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.media.models import Asset
from core.organisation.hours import span
from core.organisation.models import Weekday, Weeks
from core.territory.models import Area
from core.web.french import capitalised, day, weekday_day
from modules.presentation.models.listed import Listed

SCHOOL_DAYS = tuple(Weekday)[:5]


class Stream(models.TextChoices):
    HOUSEHOLD = "household", "ordures ménagères"
    SORTED = "sorted", "poubelle jaune (tri)"
    BIO = "bio", "biodéchets"
    GLASS = "glass", "verre"
    PAPER = "paper", "papier et carton"
    GREEN = "green", "déchets verts"
    BULKY = "bulky", "encombrants"


class Collection(Listed):
    """A stream is collected on these days, everywhere or in one area."""

    TYPED = ("stream", "weekdays", "weeks", "area", "note")
    MOST = 60

    stream = models.CharField("ce qui est collecté", max_length=9, choices=Stream)
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name="jours")
    weeks = models.CharField("semaines", max_length=5, choices=Weeks, default=Weeks.EVERY)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    note = models.CharField("consigne", max_length=160, blank=True)

    class Meta(Listed.Meta):
        verbose_name_plural = "Collectes des déchets"
        verbose_name = "jour de collecte"

    def __str__(self) -> str:
        return capitalised(self.what)

    @property
    def what(self) -> str:
        """« poubelle jaune (tri), Les Tilleuls », within a sentence."""
        return f"{self.get_stream_display()}, {self.area}" if self.area else self.get_stream_display()

    @property
    def days(self) -> str:
        """« le lundi et le jeudi, semaines paires »."""
        names = [f"le {Weekday(each).label}" for each in sorted(self.weekdays)]
        last = names.pop() if len(names) > 1 else ""
        said = f"{', '.join(names)} et {last}" if last else "".join(names)
        return said if self.weeks == Weeks.EVERY else f"{said}, {self.get_weeks_display()}"

    @property
    def detail(self) -> str:
        return self.days


class CollectionChange(Listed):
    """The collection of a day is put off to another, or does not take place at all."""

    TYPED = ("collection", "day", "moved_to", "reason")
    MOST = 200

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="changes", db_index=False)
    day = models.DateField("jour habituel")
    moved_to = models.DateField("nouveau jour", null=True, blank=True)
    reason = models.CharField("raison", max_length=120, blank=True)

    class Meta(Listed.Meta):
        verbose_name_plural = "Collectes déplacées"
        verbose_name = "collecte déplacée"
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.collection}, {day(self.day)}"

    @property
    def detail(self) -> str:
        moved = f"déplacée au {weekday_day(self.moved_to)}" if self.moved_to else "supprimée"
        return " · ".join(each for each in (moved, self.reason) if each)


class CanteenWeek(Listed):
    """The menu of a week of school, typed day by day, as a PDF, or both.

    `days` holds, by weekday (« 0 » is Monday), what is served and its allergens.
    """

    TYPED = ("monday", "days", "document")
    MOST = 60

    monday = models.DateField("semaine")
    days: Any = models.JSONField(default=dict, blank=True)
    document = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    class Meta(Listed.Meta):
        verbose_name_plural = "Menus de la cantine"
        verbose_name = "menu de la cantine"
        ordering = ["monday", "id"]
        constraints = [
            models.UniqueConstraint(fields=["monday"], condition=Q(removed_at__isnull=True), name="one_menu_of_a_week")
        ]

    def __str__(self) -> str:
        return f"semaine du {day(self.monday)}"

    @property
    def detail(self) -> str:
        return "PDF" if self.document_id and not self.days else ""

    @property
    def meals(self) -> list[tuple[str, str, str]]:
        """Each day with something to eat: its name, what is served, its allergens."""
        told = ((Weekday(each).label, self.days.get(str(int(each)))) for each in SCHOOL_DAYS)
        return [(name, meal.get("dishes", ""), meal.get("allergens", "")) for name, meal in told if meal]


class Market(Listed):
    TYPED = ("name", "weekday", "weeks", "opens", "closes", "place", "note")
    MOST = 20

    name = models.CharField("nom", max_length=80)
    weekday = models.PositiveSmallIntegerField("jour", choices=Weekday)
    weeks = models.CharField("semaines", max_length=5, choices=Weeks, default=Weeks.EVERY)
    opens = models.TimeField("ouvre à")
    closes = models.TimeField("ferme à")
    place = models.CharField("lieu", max_length=120, blank=True)
    note = models.CharField("précision", max_length=160, blank=True)

    class Meta(Listed.Meta):
        verbose_name_plural = "Marchés"
        verbose_name = "marché"
        constraints = [models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="a_market_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> str:
        said = f"le {self.get_weekday_display()}"
        return said if self.weeks == Weeks.EVERY else f"{said}, {self.get_weeks_display()}"

    @property
    def detail(self) -> str:
        return " · ".join(each for each in (self.days, span((self.opens, self.closes)), self.place) if each)
