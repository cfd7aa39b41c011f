"""Threads that do what they are given, each with something of its own that stays open. No database in them: a thread
has no commune."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

Todo = TypeVar("Todo")
Done = TypeVar("Done")
TOGETHER, PATIENCE = 100, 0.2  # outcomes taken at once, and the seconds that the first waits for the others
FEW, SLOW = 4, 0.005  # threads to begin with, and the seconds without an outcome after which there is one more


class Lanes(Generic[Todo, Done]):
    """As many threads as the work needs, `most` at most. `lane` opens what a thread works with, and answers for
    every failure of its own: what it raises would leave work in hand for ever. Left in disorder, they do no more."""

    def __init__(self, lane: Callable[[], AbstractContextManager[Callable[[Todo], Done]]], most: int) -> None:
        self._lane, self._most = lane, most
        self._todo: SimpleQueue[Todo | None] = SimpleQueue()
        self._done: SimpleQueue[Done] = SimpleQueue()
        self._threads: list[Thread] = []
        self._stopped = False
        self.in_hand = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped = kind is not None
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def drain(self, claim: Callable[[], Sequence[Todo]], write: Callable[[list[Done]], None], *, below: int) -> None:
        """Do what `claim` gives until it gives none, asked again when no more than `below` are in hand; each time some
        are done, `write` them."""
        more = True
        while True:
            if more and self.in_hand <= below:
                batch = claim()
                more = bool(batch)
                for work in batch:
                    self.give(work)
            done = self.take()
            if not done:
                return
            write(done)

    def give(self, work: Todo) -> None:
        self.in_hand += 1
        self._todo.put(work)
        if len(self._threads) < FEW:
            self._widen()

    def take(self) -> list[Done]:
        """Some outcomes, as soon as there are; none when nothing is in hand."""
        found = [self._first()] if self.in_hand else []
        end = time.monotonic() + PATIENCE
        while found and self.in_hand > len(found) and len(found) < TOGETHER:
            try:
                found.append(self._done.get(timeout=max(0.0, end - time.monotonic())))
            except Empty:
                break
        self.in_hand -= len(found)
        return found

    def _first(self) -> Done:
        """Who answers slowly is asked by more threads; each costs the others something, and a quick one needs few."""
        while True:
            try:
                return self._done.get(timeout=SLOW if len(self._threads) < self._most else None)
            except Empty:
                self._widen()

    def _widen(self) -> None:
        if len(self._threads) < min(self._most, self.in_hand):
            thread = Thread(target=self._work, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        with self._lane() as do:
            while (work := self._todo.get()) is not None and not self._stopped:
                self._done.put(do(work))
