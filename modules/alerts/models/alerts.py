"""Alerts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.models import CommuneModel
from core.territory.models import Area
from core.territory.queries import fold
from core.territory.shapes import Shape
from core.web.addresses import address
from core.web.french import capitalised, day_and_time, until
from modules.alerts.models.cap import Certainty, Severity, Urgency
from modules.alerts.models.events import Event, Template, template_of
from modules.alerts.models.states import LIVE, PUBLIC, UNSENT, AlertState

HEADLINE, INSTRUCTION, DESCRIPTION = 90, 300, 2000
DRILL = "EXERCICE"


class Alerts(models.QuerySet["Alert"]):
    def public(self) -> Self:
        return self.filter(state__in=PUBLIC)

    def for_viewer(self, viewer: Any) -> Self:
        """Everything to those who write alerts, what was told to the others."""
        return self if viewer.has_perm("alerts.write") else self.public()

    def in_force(self, now: datetime) -> Self:
        return self.filter(state__in=LIVE, ends_at__gt=now)

    def whole(self) -> Self:
        """With its areas, in one statement more whatever there is."""
        return self.prefetch_related("areas")

    def matching(self, words: str) -> Self:
        """Those with every one of these words, or words that begin so, newest first; accents do not count."""
        terms = [term for term in fold(words).split() if len(term) > 1 or term.isdigit()][:8]
        found = self if terms else self.none()
        for term in terms:
            found = found.filter(folded__contains=f" {term}")
        return found.order_by(F("sent_at").desc(nulls_last=True), "-pk")


class Alert(CommuneModel):
    """Something that people must know now. `version` grows with each change, so that nobody sends or changes what
    another person changed meanwhile.

    `starts_at` and `ends_at` say when it holds; past its end it is in force no more, whether or not the job that
    writes so has run. No area and no `outline` mean the whole commune; an outline of one point is a circle of `radius`
    metres. A `drill` says so everywhere. `writer` is who changed its words last. With `sms`, numbers are told too.
    """

    State = AlertState

    event = models.CharField(max_length=16, choices=Event)
    severity = models.CharField("gravité", max_length=8, choices=Severity)
    urgency = models.CharField(max_length=9, choices=Urgency)
    certainty = models.CharField(max_length=8, choices=Certainty)
    headline = models.CharField("titre", max_length=HEADLINE)
    instruction = models.CharField("ce qu’il faut faire", max_length=INSTRUCTION)
    description = models.TextField("précisions", max_length=DESCRIPTION, blank=True)
    areas = models.ManyToManyField(Area, through="alerts.AlertArea", related_name="+")
    outline: Any = models.JSONField(default=list, blank=True)
    radius = models.PositiveIntegerField(default=0)
    sms = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField()
    drill = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=AlertState, default=AlertState.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    folded = models.TextField(editable=False)

    objects = Alerts.as_manager()

    class Meta:
        verbose_name_plural = "Alertes"
        indexes = [models.Index(fields=["state", "-sent_at"], name="alerts_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UNSENT) | Q(sent_at__isnull=False), name="an_alert_that_was_sent_has_its_date"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        label = Event(self.event).label
        self.folded = f" {fold(f'{label} {self.headline} {self.instruction} {self.description}')} "
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("alerts:item", self.pk)

    def get_office_url(self) -> str:
        return address("alerts-office:check" if self.is_unsent else "alerts-office:report", self.pk)

    @property
    def template(self) -> Template:
        return template_of(self.event)

    @property
    def level(self) -> Severity:
        return Severity(self.severity)

    @property
    def tag(self) -> str:
        """« EXERCICE · Danger · Inondation »."""
        named = "" if self.event == Event.OTHER else self.event_label
        return " · ".join(filter(None, (DRILL if self.drill else "", capitalised(self.level.label), named)))

    @property
    def event_label(self) -> str:
        return str(Event(self.event).label)

    @property
    def title(self) -> str:
        """What it says, and first of all that it is only an exercise when it is."""
        return f"{DRILL} · {self.headline}" if self.drill else self.headline

    @property
    def is_unsent(self) -> bool:
        return self.state in UNSENT

    @property
    def is_to_validate(self) -> bool:
        return self.state == AlertState.TO_VALIDATE

    @property
    def is_live(self) -> bool:
        """Sent, and neither lifted nor cancelled, whatever the hour."""
        return self.state in LIVE

    @property
    def is_in_force(self) -> bool:
        return self.is_live and self.ends_at > timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.state == AlertState.CANCELLED

    @property
    def places(self) -> str:
        """Where it holds, in words."""
        return places(self.areas.all(), self.drawn)

    @property
    def shape(self) -> Shape | None:
        """What was drawn on the map for it."""
        points = tuple((latitude, longitude) for latitude, longitude in self.outline)
        return Shape(points, self.radius) if points else None

    @property
    def drawn(self) -> str:
        """What was drawn, in words."""
        if not self.radius:
            return _("la zone dessinée sur la carte") if self.outline else ""
        metres = f"{self.radius / 1000:g} km".replace(".", ",") if self.radius >= 1000 else f"{self.radius} m"
        return _("%(metres)s autour du point marqué sur la carte") % {"metres": metres.replace(" ", "\u00a0")}

    @property
    def is_vital(self) -> bool:
        """Lives are at stake, and it is no exercise."""
        return self.severity == Severity.EXTREME and not self.drill

    @property
    def tone(self) -> str:
        if self.is_in_force:
            return self.level.tone
        return "warn" if self.is_to_validate else ""

    @property
    def stage(self) -> str:
        """Its state in words, at this hour."""
        if self.is_live and not self.is_in_force:
            return capitalised(str(AlertState.EXPIRED.label))
        return capitalised(str(AlertState(self.state).label))

    @property
    def situation(self) -> str:
        """Where it stands, and since or until when."""
        if self.is_in_force:
            return until(self.ends_at)
        if self.sent_at:
            return _("envoyée le %(time)s") % {"time": day_and_time(self.sent_at)}
        return _("enregistrée le %(time)s") % {"time": day_and_time(self.updated_at)}


def places(areas: Iterable[Area], drawn: str) -> str:
    """In words; no area and nothing drawn is the whole commune."""
    named = [area.name for area in areas]
    return ", ".join([*named, *([drawn] if drawn else [])]) or _("Toute la commune")


class AlertArea(CommuneModel):
    """An alert holds in this area."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "Zones des alertes"
        constraints = [models.UniqueConstraint(fields=["alert", "area"], name="an_alert_names_an_area_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} in {self.area_id}"
