"""What became of one message for each who was to receive it, as it stood a day later."""

import gzip
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import models

from core.tenancy.models import CommuneModel
from modules.alerts.models.messages import AlertMessage

SETTLED: Final = timedelta(hours=24)  # after which what became of a message is final


class Outcomes(CommuneModel):
    """The file of `message`, whose SHA-256 the log holds in `report`. `packed` is forgotten when its term is over; what
    the log says of it stays."""

    message = models.OneToOneField(AlertMessage, models.PROTECT, related_name="outcomes")
    report = models.OneToOneField(AlertMessage, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    packed = models.BinaryField(null=True)

    class Meta:
        verbose_name_plural = "Bilans des alertes, destinataire par destinataire"

    def __str__(self) -> str:
        return f"outcomes of {self.message_id}"

    @property
    def text(self) -> bytes | None:
        """The file, byte for byte, while it is kept."""
        packed: Any = self.packed
        return gzip.decompress(bytes(packed)) if packed else None

    @property
    def sealed(self) -> str:
        """The SHA-256 that the log holds."""
        return str(self.report.content.get("outcomes", ""))

    @property
    def holds(self) -> bool:
        """Whether the file is the one that was sealed; a forgotten one says nothing."""
        text = self.text
        return text is None or sha256(text).hexdigest() == self.sealed


def packed(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)
