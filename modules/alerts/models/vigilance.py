"""Weather warnings of Météo-France that touch the commune, each with the draft it opened."""

from django.db import models
from django.db.models import Q

from core.tenancy.models import CommuneModel
from modules.alerts.models.alerts import Alert


class Phenomenon(models.IntegerChoices):
    WIND = 1, "vent violent"
    RAIN = 2, "pluie-inondation"
    STORMS = 3, "orages"
    FLOODS = 4, "crues"
    SNOW = 5, "neige-verglas"
    HEAT = 6, "canicule"
    COLD = 7, "grand froid"
    AVALANCHES = 8, "avalanches"
    WAVES = 9, "vagues-submersion"


class Colour(models.IntegerChoices):
    """Those that ask for a draft; green and yellow do not."""

    ORANGE = 3, "orange"
    RED = 4, "rouge"


class Vigilance(CommuneModel):
    """One warning of one colour, from `begins_at` to `ends_at`, as bulletins told it until `bulletin_at`. `alert` is
    the draft that it opened, empty once somebody threw it away."""

    phenomenon = models.PositiveSmallIntegerField(choices=Phenomenon)
    colour = models.PositiveSmallIntegerField(choices=Colour)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    bulletin_at = models.DateTimeField()
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, related_name="vigilances")

    class Meta:
        verbose_name_plural = "Vigilances météo qui ont ouvert un brouillon"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=models.F("begins_at")), name="a_warning_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_red(self) -> bool:
        return self.colour == Colour.RED

    @property
    def label(self) -> str:
        """« vigilance orange vent violent »."""
        return f"vigilance {self.get_colour_display()} {self.get_phenomenon_display()}"
