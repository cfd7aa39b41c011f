"""Log lines as JSON, one object each, with the labels of where the code was."""

import logging
import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from core.telemetry.place import labels

_ADDRESS = re.compile(r"[^\s<>\"'()=,;:]+@[^\s<>\"'(),;:]+\.[a-zA-Z]{2,}")
_PHONE = re.compile(r"(?<!\d)(?:\+33|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)")
_DETAIL = re.compile(r"DETAIL:.*", re.DOTALL)
HIDDEN = "[masqué]"


def without_people(text: str) -> str:
    """A text whose e-mail addresses, telephone numbers and database details are hidden."""
    return _PHONE.sub(HIDDEN, _ADDRESS.sub(HIDDEN, _DETAIL.sub("DETAIL: " + HIDDEN, text)))


class Lines(JsonFormatter):
    """`{"at", "level", "logger", "message", "commune", "module", "route", "act", …}`."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s %(message)s", timestamp="at",
                         rename_fields={"levelname": "level", "name": "logger"},
                         json_ensure_ascii=False)  # fmt: skip

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Add where it happened; hide people."""
        cleaned = {key: without_people(value) if isinstance(value, str) else value for key, value in log_data.items()}
        return cleaned | labels()

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return without_people("".join(super().formatException(ei)))


class NoRequest(logging.Filter):
    """Drops what Django attaches to a record of a request: it would be printed whole, with its person."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name in ("request", "status_code"):
            record.__dict__.pop(name, None)
        return True
