"""The journal of a commune, or of the operator."""

from django.db import models

from core.tenancy.models import CommuneModel


class Entry(CommuneModel):
    """An act: `verb` names it as `<service>.<past participle>`, `target` what it was done to, in words."""

    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=254, blank=True)
    author_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target}"
