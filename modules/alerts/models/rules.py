"""What a commune asks of itself before an alert leaves."""

from django.conf import settings
from django.db import models

from core.tenancy.models import CommuneModel


class AlertRules(CommuneModel):
    """Whether a second person reads an alert before it leaves. The last row counts, the others say who decided."""

    two_people = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "Règles de relecture des alertes"

    def __str__(self) -> str:
        return f"two people: {self.two_people}"
