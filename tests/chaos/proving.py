"""What the sinks took against what the rows say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from django.db.models import Q

from core.delivery.models import Announcement, OutgoingEmail, OutgoingPush, OutgoingSms
from core.tenancy.context import enter
from tests.benchmarks.programs import Sinks, database_url
from tests.chaos.killing import WORKERS, Kill
from tests.sinks import Sink, Taken

if TYPE_CHECKING:
    from tests.chaos.running import Mairie

OPEN = ("created", "sending", "temporary", "held")
GOOD = ("accepted", "delivered", "displayed")
FAILED = ("technical", "expired")
TABLES = ("delivery_outgoingpush", "delivery_outgoingemail", "delivery_outgoingsms")
# A worker writes outcomes in batches: so many messages it may have handed over without having said so.
MOST_HELD = 300
EARLIER = 3.0  # seconds for which a worker may go on handing over after the database is gone


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel's outbox against its sink. `rows` maps what a receiver tells doubles by to the row's state."""

    name: str
    rows: dict[tuple[str, str], str]
    taken: list[Taken]

    @property
    def times(self) -> Counter[tuple[str, str]]:
        return Counter((each.to, each.what) for each in self.taken)

    def lost(self) -> int:
        """Rows that are not final, or given up, or said to be taken and were not."""
        taken = self.times
        return sum(
            1
            for key, state in self.rows.items()
            if state in OPEN or state in FAILED or (state in GOOD and not taken[key])
        )

    def unknown(self) -> int:
        """What was taken and is nobody's row, or a row that does not say so."""
        return sum(1 for key in self.times if self.rows.get(key) not in GOOD)

    def doubles(self) -> list[float]:
        """When those were taken first that were taken again."""
        found, before = [], {}
        for each in sorted(self.taken):
            key = (each.to, each.what)
            if key in before:
                found.append(before[key])
            before[key] = each.at
        return found


def proven(schema_name: str, found: Sinks, mairie: "Mairie", kills: Sequence[Kill]) -> int:
    """Print the proof; 1 when it does not hold."""
    with enter(schema_name):
        told = Announcement.objects.filter(key__in=mairie.sent)
        recipients = sum(each.push + each.email + each.sms for each in told)
        channels = [pushes(found.push), mails(found.mail), texts(found.sms)]
    faults = len(mairie.sent) - len(told)
    refused = f", {mairie.refused} that no click sent" if mairie.refused else ""
    print(f"{len(mairie.sent)} sends by {mairie.clicks} clicks, {recipients} recipients{refused}.")
    for channel in channels:
        states = ", ".join(f"{count} {state}" for state, count in Counter(channel.rows.values()).most_common())
        lost, unknown, doubles = channel.lost(), channel.unknown(), channel.doubles()
        print(f"{channel.name:5} {len(channel.rows)} rows: {states}; {lost} lost, {unknown} of no row.")
        print(f"      {len(channel.taken)} taken, {len(doubles)} of them again, under the same name.")
        faults += lost + unknown
    worst = most_at_once([at for channel in channels for at in channel.doubles()], kills)
    bound = MOST_HELD * len(WORKERS)
    print(f"Doubles of one kill: {worst} at most, of {bound} that may be in flight.")
    kept = not faults and worst <= bound
    print(f"0 lost, no more doubles than in flight, one final state each: {'kept' if kept else 'BROKEN'}.")
    return 0 if kept else 1


def most_at_once(doubles: Iterable[float], kills: Sequence[Kill]) -> int:
    """A double is laid to the first kill after it was handed over first, or just before."""
    laid: Counter[int] = Counter()
    for at in doubles:
        laid[next((number for number, kill in enumerate(kills) if kill.at >= at - EARLIER), len(kills))] += 1
    return max(laid.values(), default=0)


def pushes(sink: Sink) -> Channel:
    """A device that is gone left its row: its name is the row's own."""
    rows = OutgoingPush.objects.values_list("pk", "device__endpoint", "announcement", "state")
    known = {
        (endpoint.removeprefix(sink.origin) if endpoint else str(pk), announcement.hex): state
        for pk, endpoint, announcement, state in rows
    }
    return Channel("push", known, sink.good())


def mails(sink: Sink) -> Channel:
    rows = OutgoingEmail.objects.filter(~Q(announcement=None)).values_list("pk", "recipient", "state")
    good = sink.good()
    hosts = {each.what.partition("@")[2] for each in good}
    host = hosts.pop() if len(hosts) == 1 else ""
    return Channel("mail", {(to, f"<{pk}@{host}"): state for pk, to, state in rows}, good)


def texts(sink: Sink) -> Channel:
    return Channel("sms", {(each.recipient, each.reference): each.state for each in OutgoingSms.objects.all()},
                   sink.good())  # fmt: skip


def sending(schema_name: str) -> int:
    """Rows that a worker holds now; 0 while the database is down."""
    return _count(schema_name, "leased_until > now()")


def open_rows(schema_name: str) -> int:
    """1 when nobody can say."""
    return _count(schema_name, f"state in ({', '.join(repr(state) for state in OPEN)})", unknown=1)


def _count(schema_name: str, where: str, unknown: int = 0) -> int:
    try:
        with psycopg.connect(database_url(), autocommit=True, connect_timeout=2) as direct:
            return sum(
                direct.execute(f"select count(*) from {schema_name}.{table} where {where}").fetchone()[0]
                for table in TABLES
            )
    except psycopg.Error:
        return unknown
