"""How soon an alert is handed over, from the click of the mairie to the last record of the sinks.

The click is a request to the page that sends; workers and sinks are processes of their own, the push service speaks
TLS. All of them, and the database, share this machine: the CPU of each is printed.
"""

import time
from dataclasses import dataclass
from statistics import quantiles

from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import override_settings

from core.delivery.tests.test_announcing import KEY
from core.tenancy.context import enter
from modules.alerts import actions
from modules.alerts.models import Alert
from modules.alerts.tests.warning import content, user
from tests.benchmarks.machine import described, own_database, server_process, spent_of
from tests.benchmarks.population import addresses, devices
from tests.benchmarks.programs import Programs, Sinks, programs, sinks
from tests.cast import Place, read
from tests.sinks import Taken

PUSHES, MAILS = 8_000, 2_000
MANY_PUSHES, MANY_MAILS = 40_000, 10_000
AIM, SHARE = 10.0, 0.99
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Mairie:
    """The administrator of a commune before the page that checks an alert."""

    place: Place
    browser: Client

    def ready(self) -> Alert:
        with enter(self.place.schema_name):
            return actions.write(content=content(), author=user(self.place.editor))

    def click(self, alert: Alert) -> float:
        """The moment of the click; the answer comes when all is written."""
        at = time.time()
        answer = self.browser.post(f"/mairie/alertes/{alert.pk}/envoyer/", {"version": alert.version})
        assert answer.status_code == 302, (answer.status_code, answer.content.decode()[-2000:])
        return at


def mairie_of(place: Place) -> Mairie:
    browser = Client(headers={"host": place.host, "x-forwarded-proto": "https"})
    with enter(place.schema_name):
        browser.force_login(get_user_model().objects.get(pk=place.administrator.id))
    return Mairie(place, browser)


def main() -> int:
    """1 when fewer than 99 % of 10,000 are handed over within ten seconds."""
    offered = override_settings(VAPID_PRIVATE_KEY=KEY)
    with sinks() as found, own_database("clicks"), offered, programs(found) as running:
        place = read().aubin
        with enter(place.schema_name):
            devices(found.push, PUSHES)
            addresses(MAILS)
        running.workers()
        mairie = mairie_of(place)
        told(mairie, found, running, PUSHES, MAILS)  # imports, plans and connections are paid here
        share = told(mairie, found, running, PUSHES, MAILS)
        with enter(place.schema_name):
            devices(found.push, MANY_PUSHES - PUSHES, first=PUSHES)
            addresses(MANY_MAILS - MAILS, first=MAILS)
        told(mairie, found, running, MANY_PUSHES, MANY_MAILS)
    kept = share >= SHARE
    print(f"At least {SHARE:.0%} within {AIM:.0f} s of the click: {'kept' if kept else 'MISSED'} ({share:.1%}).")
    return 0 if kept else 1


def told(mairie: Mairie, found: Sinks, running: Programs, pushes: int, mails: int) -> float:
    """Tell everybody, and print when it reached whom; the share that it reached in time."""
    alert = mairie.ready()
    for sink in found.all:
        sink.asked()
    before = spent(running)
    at = mairie.click(alert)
    answered = time.time() - at
    taken, cpu = waited(found, at, pushes + mails)
    workers, database = (after - earlier for after, earlier in zip(spent(running), before, strict=True))
    print(f"\n{pushes} notifications and {mails} e-mails. {described()}")
    print(f"The page answered after {answered:.2f} s.")
    late = [each.at - at for kind in taken.values() for each in kind]
    for name, kind in taken.items():
        print(when(name, [each.at - at for each in kind], pushes if name == "push" else mails))
    share = sum(1 for each in late if each <= AIM) / (pushes + mails)
    print(f"Handed over within {AIM:.0f} s: {share:.1%} of all.")
    sunk = ", ".join(f"the sink of {name} {seconds:.1f}" for name, seconds in cpu.items())
    print(f"CPU seconds: workers {workers:.1f}, database {database:.1f}, {sunk}.")
    return share


def spent(running: Programs) -> tuple[float, float]:
    """CPU seconds so far of the programs, and of the database's server."""
    return sum(map(spent_of, running.processes())), spent_of(server_process())


def waited(found: Sinks, at: float, count: int) -> tuple[dict[str, list[Taken]], dict[str, float]]:
    """What the sinks of notifications and e-mails take, until it is all or too late."""
    taken: dict[str, list[Taken]] = {"push": [], "mail": []}
    cpu = {"push": 0.0, "mail": 0.0}
    while sum(map(len, taken.values())) < count and time.time() < at + LONGEST:
        time.sleep(0.5)
        for name, sink in (("push", found.push), ("mail", found.mail)):
            new, seconds = sink.asked()
            taken[name] += new
            cpu[name] += seconds
    return taken, cpu


def when(name: str, late: list[float], count: int) -> str:
    if len(late) < 2:
        return f"{name:5} {len(late)} of {count} were handed over"
    cuts = quantiles(late, n=100)
    pace = len(late) / max(max(late) - min(late), 0.001)
    inside = sum(1 for each in late if each <= AIM) / count
    return (
        f"{name:5} {len(late)} of {count}: first after {min(late):.2f} s, half {cuts[49]:.2f}, 99 % {cuts[98]:.2f}, "
        f"last {max(late):.2f}; {pace:.0f} a second; {inside:.1%} within {AIM:.0f} s"
    )
