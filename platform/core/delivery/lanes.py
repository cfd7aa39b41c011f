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


class Lanes(Generic[Todo, Done]):
    """As many threads as there is work for, `most` at most. `lane` opens what a thread works with, and answers for
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
        if len(self._threads) < min(self._most, self.in_hand):
            thread = Thread(target=self._work, daemon=True)
            self._threads.append(thread)
            thread.start()

    def take(self) -> list[Done]:
        """Some outcomes, as soon as there are; none when nothing is in hand."""
        found: list[Done] = []
        end = 0.0
        while self.in_hand and len(found) < TOGETHER:
            try:
                found.append(self._done.get(timeout=max(0.0, end - time.monotonic()) if found else None))
            except Empty:
                break
            self.in_hand -= 1
            end = end or time.monotonic() + PATIENCE
        return found

    def _work(self) -> None:
        with self._lane() as do:
            while (work := self._todo.get()) is not None and not self._stopped:
                self._done.put(do(work))
