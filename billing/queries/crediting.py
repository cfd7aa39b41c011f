"""Which invoices a credit is taken off, so that none gives back more than it asked for. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from billing.queries.owing import Rest


def spread(left: Iterable[Rest], rooms: Mapping[str, int]) -> list[tuple[str, tuple[Rest, ...]]]:
    """What is given back, by the number of the invoice that it is taken off: of which most stands first, a line in two
    where it must be. `rooms` is what stands of each, cents excluding VAT; what no invoice has room for stays with the
    first."""
    waiting = sorted(left, key=lambda each: each.net, reverse=True)
    found: list[tuple[str, tuple[Rest, ...]]] = []
    for name, room in sorted(rooms.items(), key=lambda one: (-one[1], one[0])):
        here: list[Rest] = []
        rest: list[Rest] = []
        for line in waiting:
            taken = max(line.net, -room - sum(each.net for each in here))
            if taken < 0 or line.net > 0:
                here.append(replace(line, net=taken))
            if taken != line.net:
                rest.append(replace(line, net=line.net - min(taken, 0)))
        if here:
            found.append((name, tuple(here)))
        waiting = rest
        if not waiting:
            return found
    (name, here_first), *others = found
    return [(name, (*here_first, *waiting)), *others]
