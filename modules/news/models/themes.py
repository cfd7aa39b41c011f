"""What news are about."""

from django.db import models


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
