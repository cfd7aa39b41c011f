"""What the alerts are told under."""

from typing import Final

TOPIC: Final = "alerts"
