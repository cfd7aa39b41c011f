"""Steps with their time, one line each."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """`with progress.step("Starting"):` prints the elapsed time, the step, and how long the step took."""

    def __init__(self, stream: TextIO | None = None, started: float | None = None) -> None:
        """`started`, a monotonic time, is another process's beginning when both write in one column."""
        self.stream = stream or sys.stdout
        self.started = time.monotonic() if started is None else started
        self._line_open = False

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.started

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        begun = time.monotonic()
        self._write(f"{self.elapsed:6.1f} s  {text}", end="")
        self._line_open = True
        try:
            yield
        except BaseException:
            self._close(f"failed after {time.monotonic() - begun:.1f} s")
            raise
        self._close(f"{time.monotonic() - begun:.1f} s")

    def note(self, text: str) -> None:
        """Print a line of its own, inside a step or between two."""
        if self._line_open:
            self._write("")
            self._line_open = False
        self._write(f"            {text}")

    def _close(self, outcome: str) -> None:
        self._write(f" … {outcome}" if self._line_open else f"{self.elapsed:6.1f} s  … {outcome}")
        self._line_open = False

    def _write(self, text: str, end: str = "\n") -> None:
        self.stream.write(text + end)
        self.stream.flush()
