"""Useful links, what became of them, and the numbers to call."""

import re

from django.db import models

from modules.presentation.models.listed import Listed

TOLD_AFTER = 2


class Outcome(models.TextChoices):
    """What the last check of a link found."""

    FINE = "fine", "elle répond"
    MOVED = "moved", "elle répond depuis une autre adresse"
    GONE = "gone", "la page n’existe plus"
    FAILING = "failing", "le site répond par une erreur"
    SILENT = "silent", "le site ne répond pas"
    REFUSED = "refused", "cette adresse n’est pas sur l’internet public"


class UsefulLink(Listed):
    """A link that residents read; an address that begins with a slash is a page of the space itself.

    The last columns are the nightly check's: what it found, when, and how many times in a row it failed.
    """

    TYPED = ("label", "url", "theme")
    MOST = 60

    label = models.CharField("intitulé", max_length=80)
    url = models.CharField("adresse web", max_length=300)
    theme = models.CharField("thème", max_length=60, blank=True)
    checked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    final_url = models.CharField(max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta(Listed.Meta):
        verbose_name_plural = "Liens utiles"
        verbose_name = "lien utile"

    def __str__(self) -> str:
        return self.label

    @property
    def is_own(self) -> bool:
        return self.url.startswith("/")

    @property
    def is_broken(self) -> bool:
        """Once is an accident; twice in a row is told to the mairie."""
        return self.failures >= TOLD_AFTER

    def forget_check(self) -> None:
        """What was found of another address says nothing of this one."""
        self.checked_at, self.outcome, self.final_url, self.failures = None, "", "", 0

    @property
    def detail(self) -> str:
        return " · ".join(each for each in (self.theme, self.url) if each)


class LocalNumber(Listed):
    """A number of the commune's own to call at any hour: the water on call, the duty councillor."""

    TYPED = ("label", "phone", "note")
    MOST = 20

    label = models.CharField("qui répond", max_length=80)
    phone = models.CharField("numéro", max_length=30)
    note = models.CharField("précision", max_length=120, blank=True)

    class Meta(Listed.Meta):
        verbose_name_plural = "Numéros utiles"
        verbose_name = "numéro d’urgence"

    def __str__(self) -> str:
        return self.label

    @property
    def dialled(self) -> str:
        return re.sub(r"[^0-9+]", "", self.phone)

    @property
    def detail(self) -> str:
        return " · ".join(each for each in (self.phone, self.note) if each)
