"""Push services that fail over and over: left alone for a while, so that they hold up no other."""

import time
from dataclasses import dataclass
from threading import Lock

ENOUGH = 8  # failures in a row
FIRST, LONGEST = 5.0, 60.0  # seconds that it is left alone, longer each time
PROBE = 30.0  # seconds that the one which tries again may take
SOON = 1.0


@dataclass(slots=True)
class _Host:
    failures: int = 0
    turns: int = 0
    until: float = 0
    probed_until: float = 0


class Hosts:
    """What threads learn of each service. A refusal of one device is no failure of its service: what it takes from the
    next one clears it."""

    def __init__(self) -> None:
        self._known: dict[str, _Host] = {}
        self._lock = Lock()

    def wait(self, origin: str) -> float:
        """How many seconds it is to be left alone, 0 when it may be asked. Once these are over, one tries alone."""
        now = time.monotonic()
        with self._lock:
            host = self._known.get(origin)
            if host is None or host.failures < ENOUGH:
                return 0
            if host.until > now:
                return host.until - now
            if host.probed_until > now:
                return SOON
            host.probed_until = now + PROBE
            return 0

    def took(self, origin: str) -> None:
        """It answered, whatever it said of that device."""
        if origin in self._known:
            with self._lock:
                self._known.pop(origin, None)

    def failed(self, origin: str, asked: float = 0) -> None:
        """It did not answer, or said that it is too much; `asked` is how many seconds it wants."""
        now = time.monotonic()
        with self._lock:
            host = self._known.setdefault(origin, _Host())
            host.failures += 1
            host.probed_until = 0
            if host.failures >= ENOUGH and host.until <= now:
                host.until = now + min(max(FIRST * 2**host.turns, asked), LONGEST)
                host.turns += 1


HOSTS = Hosts()
