"""What a notification costs: our whole path, its rows included, and the documented loop of pywebpush, which has none.

Both give to the same service, in a process of its own, over plain HTTP: TLS would add a handshake to each push of the
loop and to each connection of ours. CPU is that of the process that sends, and of the database server for ours.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test.utils import override_settings
from django.utils import timezone

from core.delivery.announcing import announce
from core.delivery.models import Channel, Consent, DeliveryState, Device, OutgoingPush
from core.delivery.push.claiming import payload, words
from core.delivery.push.sending import empty_pushes
from core.delivery.tests.factories import AUTH, P256DH
from core.delivery.tests.test_announcing import KEY
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.benchmarks.machine import Processor, described, own_database
from tests.cast import read
from tests.sinks import Sink, push_service

HERE = Path(__file__).parent
LOCKED = HERE.parents[1] / "requirements" / "pywebpush.txt"
ROUNDS, OURS, THEIRS = 5, 2000, 400
MOST_CPU = 0.33
TOLD = ("Crue de la rivière", "Montez à l’étage et gardez un téléphone. Ne prenez pas la voiture.", "/alertes/1/")


def environment(folder: Path) -> Path:
    """The Python of an environment with pywebpush, and no other use."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*install, "-r", LOCKED], check=True, stderr=subprocess.DEVNULL)
    return python


def theirs(python: Path, sink: Sink) -> float:
    """CPU seconds of one push of the loop."""
    device = {"endpoint": f"{sink.origin}/device", "keys": {"p256dh": P256DH, "auth": AUTH}}
    asked = {
        "subscriptions": [device] * THEIRS,
        "data": payload(words(uuid7(), *TOLD, "Mairie"), uuid7()).decode(),
        "key": KEY,
        "sub": f"mailto:{settings.OPERATOR_EMAIL}",
        "ttl": 3600,
    }
    ran = subprocess.run(
        [python, HERE / "pywebpush_loop.py"], input=json.dumps(asked), text=True, check=True, stdout=subprocess.PIPE
    )
    return float(ran.stdout) / THEIRS


def ours(processor: Processor) -> tuple[float, float]:
    """CPU and clock seconds of one push, from the decision to its last outcome written."""
    title, text, url = TOLD
    clock, cpu = time.perf_counter(), processor.seconds()
    told = announce(topic="news", key=uuid7(), title=title, text=text, url=url, author=None, urgent=True)
    following = empty_pushes()
    spent = processor.seconds() - cpu, time.perf_counter() - clock
    accepted = OutgoingPush.objects.filter(announcement=told, state=DeliveryState.ACCEPTED).count()
    assert following is None and told.push == accepted == OURS, (following, told.push, accepted)
    return spent[0] / OURS, spent[1] / OURS


def devices(sink: Sink) -> None:
    made = Device.objects.bulk_create(
        Device(endpoint=f"{sink.origin}/{number}", p256dh=P256DH, auth=AUTH, seen_at=timezone.now())
        for number in range(OURS)
    )
    Consent.objects.bulk_create(
        Consent(device=each, topic="news", channel=Channel.PUSH, version="2026-11") for each in made
    )


def main() -> int:
    """1 when a push costs more than a third of the loop's."""
    with TemporaryDirectory() as folder, push_service() as sink, own_database("delivery"):
        python = environment(Path(folder))
        with (
            override_settings(VAPID_PRIVATE_KEY=KEY, PUSH_TEST_ORIGINS=[sink.origin]),
            enter(read().aubin.schema_name),
        ):
            devices(sink)
            processor = Processor()
            ours(processor)  # imports, plans and connections are paid here
            sink.asked()
            rounds = [(ours(processor), sink.asked(), theirs(python, sink), sink.asked()) for _ in range(ROUNDS)]
            print(f"{OURS} notifications a round, the loop {THEIRS}, {ROUNDS} rounds in turn. {described()}")
    for (cpu, clock), (_, sunk), loop, (_, for_loop) in rounds:
        print(
            f"CPU µs a push: ours {cpu * 1e6:6.0f} (rows and database included), the loop {loop * 1e6:6.0f}, "
            f"ratio {cpu / loop:.2f}; ours {1 / clock:5.0f} a second; "
            f"the service spent {sunk / OURS * 1e6:.0f} and {for_loop / THEIRS * 1e6:.0f}"
        )
    ratio = median(cpu / loop for (cpu, _), _, loop, _ in rounds)
    kept = ratio <= MOST_CPU
    print(f"At most {MOST_CPU} of the CPU of pywebpush's loop: {'kept' if kept else 'MISSED'} (median {ratio:.2f}).")
    return 0 if kept else 1
