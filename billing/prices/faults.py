"""What is wrong in a book, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`place` leads to the value: "modules[1].monthly[3]"; the sentence is read in the form where it stands."""

    place: str
    sentence: str


class Faults(list[Fault]):
    def add(self, place: str, sentence: str) -> None:
        self.append(Fault(place, sentence))


class BookError(Exception):
    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place or 'book'}: {fault.sentence}" for fault in self.faults))
