"""The page about the commune, and who changed it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.tenancy.models import CommuneModel


class CommunePage(CommuneModel):
    """The one page of a commune. Population, intercommunality and contour come from the directory, not from here.

    `version` grows with each save, so that an editor cannot undo another's work unknowingly.
    """

    only = models.BooleanField(default=True, unique=True, editable=False)
    title = models.CharField("titre", max_length=100)
    introduction = models.TextField("introduction", max_length=2_000, blank=True)
    history = models.TextField("histoire", max_length=20_000, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="a_commune_has_one_page")]

    def __str__(self) -> str:
        return self.title


class PageEdit(CommuneModel):
    """Somebody saved the page; `changed` names the fields."""

    page = models.ForeignKey(CommunePage, models.CASCADE, related_name="edits", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    changed = models.JSONField(default=list)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @property
    def labels(self) -> list[str]:
        """What changed, in the words of the form."""
        known = {field.name: str(field.verbose_name) for field in CommunePage._meta.fields}
        return [known[name] for name in self.changed if name in known]
