"""Communes take turns: none keeps a worker while others wait for one."""

import time
from typing import Final

from core.tenancy.due import waiting

LONGEST: Final = 20.0  # seconds, though nobody seems to wait
SHARE: Final = 1.0  # seconds that a commune has while others wait: what it opens must pay


class Turn:
    """Of one run of a job, in one commune. It gives way at once to what is urgent elsewhere and not here, after its
    share to the others; what is urgent here gives way to nothing less."""

    def __init__(self, job: str, longest: float = LONGEST, share: float = SHARE) -> None:
        self._job, self._begun, self._longest, self._share = job, time.monotonic(), longest, share

    @property
    def goes_on(self) -> bool:
        """Whether more may be taken in hand; asked before each batch."""
        spent = time.monotonic() - self._begun
        if spent >= self._longest:
            return False
        if self._longest <= self._share:
            return True
        owed = waiting(self._job)
        if owed.urgent_others and not owed.urgent_here:
            return False
        if spent < self._share:
            return True
        return not (owed.urgent_others if owed.urgent_here else owed.others)
