"""Where a commune stands, told from rows and a day: nothing of it is kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from billing.prices import Period

DAY = timedelta(days=1)
SOON, PATIENCE, KEPT = 60, 30, 90


class State(StrEnum):
    PROSPECT = "prospect"
    TRIAL = "trial"
    ORDERED = "ordered"
    ACTIVE = "active"
    ENDING = "ending"
    UNPAID = "unpaid"
    READ_ONLY = "read_only"
    ENDED = "ended"
    ERASED = "erased"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    State.PROSPECT: "Prospect",
    State.TRIAL: "Essai",
    State.ORDERED: "Commande reçue",
    State.ACTIVE: "Actif",
    State.ENDING: "Échéance proche",
    State.UNPAID: "Paiement en retard",
    State.READ_ONLY: "Lecture seule",
    State.ENDED: "Terminé",
    State.ERASED: "Effacé",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a state is told from.

    `terms` are days that were ordered, as cut; `waiting` an order that nobody answered yet; `late_since` the oldest day
    on which something should have been paid and was not; `told_on` when the mairie was told that all is read-only;
    `opened` whether there is a space.
    """

    trial: Period | None
    terms: tuple[Period, ...] = ()
    ended_on: date | None = None
    waiting: bool = False
    late_since: date | None = None
    told_on: date | None = None
    opened: bool = True
    erased_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`since` is the first day of the state; `until` the last day of what is given in it, None when nobody knows.

    In READ_ONLY, `until` is the last day of it, and `erased_after` the same day where all is erased then: not when a
    term begins then, nor while an order waits. `late_since` is told in every state.
    """

    state: State
    since: date
    until: date | None = None
    late_since: date | None = None
    waiting: bool = False
    erased_after: date | None = None

    @property
    def label(self) -> str:
        """Of the state; an order that nobody waits for an answer of was accepted."""
        return "Commande acceptée" if self.state is State.ORDERED and not self.waiting else self.state.label

    @property
    def writes(self) -> bool:
        """Whether the mairie may write."""
        return self.state not in (State.READ_ONLY, State.ENDED, State.ERASED, State.PROSPECT)

    def days_left(self, today: date) -> int | None:
        """How many days after today are given."""
        return None if self.until is None else (self.until - today).days


def standing(facts: Facts, today: date) -> Standing:
    """Pure."""
    if facts.erased_on is not None:
        return Standing(State.ERASED, facts.erased_on)
    if not facts.opened and not facts.trial:
        return _unopened(facts, today)
    given = _given(facts)
    if facts.ended_on is not None and today >= facts.ended_on:
        return _over(facts, facts.ended_on, today)
    running = next((each for each in given if today in each), None)
    if running is None:
        past = [each.last for each in given if each.last < today]
        coming = [each for each in given if each.first > today]
        if facts.waiting and past:
            return Standing(State.ORDERED, max(past) + DAY, None, facts.late_since, True)
        if not past:
            return Standing(State.ORDERED, today, min(coming).last if coming else None, facts.late_since, facts.waiting)
        if coming:
            until = min(coming).first - DAY
            return Standing(State.READ_ONLY, max(past) + DAY, until, facts.late_since, facts.waiting)
        return _over(facts, max(past) + DAY, today)
    return _running(facts, running, today)


def _unopened(facts: Facts, today: date) -> Standing:
    ordered = facts.waiting or bool(facts.terms)
    return Standing(State.ORDERED if ordered else State.PROSPECT, today, waiting=facts.waiting)


def _running(facts: Facts, running: Period, today: date) -> Standing:
    term = next((each for each in facts.terms if today in each), None)
    if term is None:
        ahead = facts.waiting or any(each.first > today for each in facts.terms)
        state = State.ORDERED if ahead else State.TRIAL
        return Standing(state, running.first, running.last, facts.late_since, facts.waiting)
    late = facts.late_since is not None and (today - facts.late_since).days > PATIENCE
    if late:
        return Standing(State.UNPAID, term.first, running.last, facts.late_since, facts.waiting)
    near = (running.last - today).days <= SOON
    state = State.ENDING if near and not facts.waiting else State.ACTIVE
    return Standing(state, term.first, running.last, facts.late_since, facts.waiting)


def _over(facts: Facts, since: date, today: date) -> Standing:
    """Nothing is given any more. All is kept for 90 days after the mairie was told, and while an order waits."""
    told = facts.told_on if facts.told_on is not None and facts.told_on >= since else today
    until = told + DAY * (KEPT - 1)
    if today > until and not facts.waiting:
        return Standing(State.ENDED, until + DAY, until, facts.late_since, facts.waiting)
    return Standing(State.READ_ONLY, since, until, facts.late_since, facts.waiting, None if facts.waiting else until)


def _given(facts: Facts) -> tuple[Period, ...]:
    """Days of the trial and of terms, those that touch made one; the end that was asked for cuts them."""
    found: list[Period] = []
    for each in sorted((*([facts.trial] if facts.trial else []), *facts.terms)):
        if found and each.first <= found[-1].last + DAY:
            found[-1] = Period(found[-1].first, max(found[-1].last, each.last))
        else:
            found.append(each)
    if facts.ended_on is None:
        return tuple(found)
    return tuple(cut for each in found if (cut := each.before(facts.ended_on)))
