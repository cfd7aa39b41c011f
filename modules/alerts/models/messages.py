"""What was told of alerts: a log where each message holds the print of the one before it."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import models

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


class AlertMessage(CommuneModel):
    """One telling, written once. `serial` counts the commune's messages and `number` the alert's, from 1.

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

    class Meta:
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
    def words(self) -> str:
        """What was added when it was lifted or cancelled."""
        return str(self.content.get("words", ""))

    def computed(self) -> str:
        """The digest that its content asks for."""
        said: Mapping[str, Any] = {
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
        written = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(written.encode()).hexdigest()


def seal_of(message: UUID, author: UUID | None) -> str:
    """Binds a message to its author; empty when nobody decided."""
    return sha256(f"{message}:{author}".encode()).hexdigest() if author else ""
