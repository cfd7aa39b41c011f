"""The closed sets of the Common Alerting Protocol 1.2 (OASIS), with the words that people read."""

from django.db import models


class Severity(models.TextChoices):
    MINOR = "minor", "information"
    MODERATE = "moderate", "vigilance"
    SEVERE = "severe", "danger"
    EXTREME = "extreme", "danger vital"

    @property
    def tone(self) -> str:
        """The colour of its banner and of its chip."""
        return {"minor": "info", "moderate": "warn"}.get(self.value, "danger")


class Urgency(models.TextChoices):
    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class Certainty(models.TextChoices):
    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"
