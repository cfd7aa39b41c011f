"""The one end of the log, where messages are written one after the other."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from core.tenancy.here import current
from core.tenancy.keys import uuid7
from modules.alerts.models import FIRST, Alert, AlertMessage, MessageKind, seal_of
from modules.alerts.queries.log import last_message

SEAL_DUE: Final = "alerts.seal_due"


def append(
    alert: Alert, kind: MessageKind, author: Any, *, title: str, text: str, content: Mapping[str, Any]
) -> AlertMessage:
    """Write a message after the last one, in the caller's transaction; whoever writes waits for their turn."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{current().schema_name}.alerts"])
    last = last_message()
    message = AlertMessage(
        pk=uuid7(),
        alert=alert,
        serial=last.serial + 1 if last else 1,
        number=alert.messages.count() + 1,
        kind=kind,
        at=timezone.now(),
        author=author,
        title=title,
        text=text,
        content=dict(content),
        previous=last.digest if last else FIRST,
    )
    message.seal = seal_of(message.pk, getattr(author, "pk", None))
    message.digest = message.computed()
    message.save(force_insert=True)
    return message
