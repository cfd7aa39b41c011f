"""How much of a provider's rate SMS use, when it takes so many a second and refuses some at random."""

import time
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from core.delivery.models import DeliveryState, OutgoingSms
from core.delivery.sms.actions import send_sms
from core.delivery.sms.credit import buy
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.benchmarks.machine import described, own_database
from tests.benchmarks.population import FIRST_NUMBER
from tests.benchmarks.programs import Sinks, programs, sinks
from tests.cast import Place, read

COUNT, RATE, REFUSED = 900, 30, 0.1
LEAST, LONGEST = 0.95, 150
TEXT = "Mairie de Saint-Aubin : la rivière monte. Montez à l’étage. STOP au 36111"


def main() -> int:
    """1 when less than 95 % of the rate is used, or one is lost or sent twice."""
    with sinks(rate=RATE, refused=REFUSED) as found, own_database("texts"), programs(found) as running:
        place = read().aubin
        with override_settings(SMS_OVH_SERVICE="sms-ab12345-1"), enter(place.schema_name):
            buy(segments=10 * COUNT, note="measure", author=None)
            running.workers()
            write()
        wait(found)
        print(f"\n{COUNT} SMS to a provider of {RATE} a second that refuses {REFUSED:.0%}. {described()}")
        return told(found, place)


@transaction.atomic
def write() -> None:
    to = {f"+{FIRST_NUMBER + number}": None for number in range(COUNT)}
    send_sms(to=to, text=TEXT, key=uuid7(), expires_at=timezone.now() + timedelta(hours=1), author=None)


def wait(found: Sinks) -> None:
    deadline = time.time() + LONGEST
    while len(found.sms.good()) < COUNT and time.time() < deadline:
        time.sleep(0.5)
    time.sleep(2)  # a double would come now, and the last outcomes are written


def told(found: Sinks, place: Place) -> int:
    good = sorted(found.sms.good())
    times = Counter(each.what for each in good)
    asked = len(found.sms.records)
    pace = (len(good) - 1) / (good[-1].at - good[0].at)
    with enter(place.schema_name):
        accepted = OutgoingSms.objects.filter(state=DeliveryState.ACCEPTED).count()
    twice, lost = sum(1 for count in times.values() if count > 1), COUNT - len(times)
    print(
        f"{len(good)} taken in {good[-1].at - good[0].at:.1f} s, {pace:.1f} a second; {asked - len(good)} of {asked} "
        f"requests refused with 429; {accepted} rows accepted, {lost} lost, {twice} sent twice"
    )
    kept = pace >= LEAST * RATE and not lost and not twice
    print(f"At least {LEAST:.0%} of its rate, none lost: {'kept' if kept else 'MISSED'} ({pace / RATE:.1%}).")
    return 0 if kept else 1
