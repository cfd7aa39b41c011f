"""What a commune tells at once, the letters it sends, and how often it may."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from core.tenancy.models import CommuneModel

USUAL_CAP, HIGHEST_CAP = 2, 10


class Announcement(CommuneModel):
    """Something told once of a thing (`topic`, `key`), to so many devices, addresses and numbers, from `leaves_at` on.

    After `expires_at` it is not worth telling. An `urgent` one warns of a danger: it waits for no hour, spends nothing
    of the day's announcements, and goes before all that is not.
    """

    topic = models.CharField(max_length=31)
    key = models.UUIDField()
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=300)
    author = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    leaves_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    push = models.PositiveIntegerField(default=0)
    email = models.PositiveIntegerField(default=0)
    sms = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "key"], name="a_thing_is_told_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.topic})"


class Rules(CommuneModel):
    """How many announcements a day a commune allows itself: the last row counts, the others say who decided before."""

    daily_cap = models.PositiveSmallIntegerField(
        default=USUAL_CAP, validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_CAP)]
    )
    author = models.CharField(max_length=254)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.daily_cap} a day, {self.author}"


class LetterIssue(CommuneModel):
    """One daily or weekly letter that was written, with all its e-mails, in one transaction: never twice a period."""

    period = models.CharField(max_length=6)
    since = models.DateTimeField()
    until = models.DateTimeField()
    recipients = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "until"], name="a_letter_is_written_once_a_period")]

    def __str__(self) -> str:
        return f"{self.period} letter until {self.until:%Y-%m-%d %H:%M}"
