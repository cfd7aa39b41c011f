"""What was told of alerts: a log where each message holds the print of the one before it."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from core.tenancy.models import CommuneModel
from modules.alerts.models.alerts import Alert

FIRST: Final = "0" * 64  # what the first message says of the one before it


class Unchangeable(Exception):
    """A message was told: it is not changed, and not deleted."""


class MessageKind(models.TextChoices):
    SENT = "sent", "alerte"
    UPDATE = "update", "mise à jour"
    LIFT = "lift", "fin d’alerte"
    CANCEL = "cancel", "annulation"
    REPORT = "report", "bilan"


class Messages(models.QuerySet["AlertMessage"]):
    def told(self) -> Self:
        """Those that people received."""
        return self.exclude(kind=MessageKind.REPORT)

    def reports(self) -> Self:
        """What became of those, a day later."""
        return self.filter(kind=MessageKind.REPORT)


class AlertMessage(CommuneModel):
    """One telling, or the REPORT of one, written once. `serial` counts the commune's messages and `number` the alert's,
    from 1.

    `content` is all that the alert said then. `seal` binds the author without naming them: it proves who decided while
    the person is known, and nothing once they are erased. `digest` is SHA-256 over all of it and `previous`, so that a
    message that was changed, moved or taken out breaks every one that follows.
    """

    Kind = MessageKind

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="messages", db_index=False)
    serial = models.PositiveIntegerField(unique=True)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=MessageKind)
    at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    content = models.JSONField(default=dict)
    seal = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = Messages.as_manager()

    class Meta:
        verbose_name_plural = "Messages des alertes (le registre scellé)"
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["alert", "number"], name="messages_of_an_alert_are_numbered")]

    def __str__(self) -> str:
        return f"{self.serial} {self.kind} {self.alert_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(f"message {self.serial} was told")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Unchangeable(f"message {self.serial} was told")

    @property
    def is_report(self) -> bool:
        return self.kind == MessageKind.REPORT

    @property
    def words(self) -> str:
        """What was added when it was lifted or cancelled."""
        return str(self.content.get("words", ""))

    @property
    def places(self) -> str:
        """Where it held, in words."""
        named = [area["name"] for area in self.content.get("areas", ())]
        return ", ".join(filter(None, [*named, self.content.get("drawn", "")])) or _("Toute la commune")

    def said(self) -> dict[str, Any]:
        """All that its digest is made of."""
        return {
            "serial": self.serial,
            "alert": str(self.alert_id),
            "number": self.number,
            "kind": str(self.kind),
            "at": self.at.isoformat(),
            "title": self.title,
            "text": self.text,
            "content": self.content,
            "seal": self.seal,
            "previous": self.previous,
        }

    def computed(self) -> str:
        """The digest that its content asks for."""
        return digest_of(self.said())


def digest_of(said: Mapping[str, Any]) -> str:
    written = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def seal_of(row: UUID, who: UUID | str | None) -> str:
    """Binds a message to its author, or a line of a proof to its recipient, without naming them; empty when nobody
    is. Who knows whom they look for computes it again."""
    return sha256(f"{row}:{who}".encode()).hexdigest() if who else ""
