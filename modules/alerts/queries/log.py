"""The log of what was told: its last message, and whether all of it still holds together."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.audit.models import Entry
from modules.alerts.models import FIRST, AlertMessage, Outcomes, seal_of

VERBS = ("alerts.sent", "alerts.updated", "alerts.lifted", "alerts.cancelled", "alerts.reported")


@dataclass(frozen=True, slots=True)
class Fault:
    """A message that does not hold; `serial` is where."""

    serial: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    messages: int
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def last_message() -> AlertMessage | None:
    return AlertMessage.objects.order_by("-serial").first()


def verdict() -> Verdict:
    """Recompute the whole log: every message against its own digest, its place, the message before it and its author's
    seal; every digest that the journal noted against the log, so that a log cut short is seen; and every file of
    outcomes that is kept against the report that sealed it."""
    faults: list[Fault] = []
    known, count, previous = set(), 0, FIRST
    for message in AlertMessage.objects.order_by("serial").iterator():
        count += 1
        faults += [Fault(message.serial, what) for what in _faults(message, count, previous)]
        previous = message.digest
        known.add(message.digest)
    noted = Entry.objects.filter(verb__in=VERBS).order_by("at").values_list("detail__digest", "detail__serial")
    faults += [Fault(serial or 0, "noted in the journal, not in the log") for digest, serial in noted
               if digest and digest not in known]  # fmt: skip
    faults += [Fault(kept.report.serial, "has another file of outcomes than the one it sealed")
               for kept in Outcomes.objects.select_related("report").iterator(10) if not kept.holds]  # fmt: skip
    return Verdict(count, tuple(faults))


def _faults(message: AlertMessage, serial: int, previous: str) -> Iterable[str]:
    if message.serial != serial:
        yield f"stands in place {serial}"
    if message.previous != previous:
        yield "does not follow the message before it"
    if message.computed() != message.digest:
        yield "does not say what was told"
    if message.author_id and message.seal != seal_of(message.pk, message.author_id):
        yield "names another author"
