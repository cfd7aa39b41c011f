"""Ctrl-C and its like: the first asks for a clean stop, the next ones hurry it."""

import signal
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Somebody asked the demo to stop."""


class Signals:
    def __init__(self) -> None:
        self.hurry = False
        self._stopping = False
        for number in SIGNALS:
            signal.signal(number, self._received)

    def stopping(self) -> None:
        """From now on a signal interrupts nothing: the stop goes to its end."""
        self._stopping = True

    def _received(self, number: int, _frame: FrameType | None) -> None:
        if self._stopping:
            self.hurry = True
            return
        self._stopping = True
        raise Interrupted(signal.Signals(number).name)
