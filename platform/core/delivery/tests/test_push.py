"""A notification reaches its device sealed, once, or its failure is written down."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from core.delivery.announcing import announce
from core.delivery.consenting import choose
from core.delivery.models import Channel, DeliveryState, Device, OutgoingPush
from core.delivery.push.connections import Connections
from core.delivery.push.posting import Outcome, Parcel, post
from core.delivery.push.sealing import LONGEST, seal
from core.delivery.push.sending import empty_pushes
from core.delivery.push.vapid import decoded, encoded, public_key
from core.delivery.retrying import FIRST_RETRY
from core.delivery.tests.push_service import PushService, claims_of, serving, unseal
from core.delivery.tests.test_announcing import KEY
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.cast import Cast

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def service(cast: Cast, settings: Any) -> Iterator[PushService]:
    with serving() as found, enter(cast.aubin.schema_name), time_machine.travel(NOON, tick=False):
        settings.VAPID_PRIVATE_KEY, settings.PUSH_TEST_ORIGINS = KEY, [found.origin]
        yield found


def device(service: PushService, path: str = "/un") -> Device:
    made = Device.objects.create(
        endpoint=service.origin + path, p256dh=service.p256dh, auth=service.auth, seen_at=timezone.now()
    )
    choose(made, {("news", Channel.PUSH)}, among=[("news", Channel.PUSH)])
    return made


def tell(title: str = "L’eau est coupée mardi", **more: Any) -> OutgoingPush:
    told = announce(
        topic="news", key=uuid7(), title=title, text="De 8 h à 12 h.", url="/actualites/1/", author=None, **more
    )
    found = OutgoingPush.objects.filter(announcement=told).order_by("pk").last()
    assert found is not None
    return found


def posted(parcel: Parcel) -> Outcome:
    with Connections() as connections:
        return post(parcel, connections)


def again(push: OutgoingPush) -> OutgoingPush:
    return OutgoingPush.objects.get(pk=push.pk)


def test_the_example_of_rfc_8291_is_sealed_to_the_byte() -> None:
    def private(text: str) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(decoded(text), "big"), ec.SECP256R1())

    auth = decoded("BTBZMqHH6r4Tts7J_aSIgg")
    sealed = seal(
        b"When I grow up, I want to be a watermelon",
        p256dh=decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        auth=auth,
        own=private("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert encoded(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
        "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    receiver = private("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
    assert unseal(sealed, receiver, auth) == b"When I grow up, I want to be a watermelon"


def test_two_sealings_of_one_text_share_nothing_and_one_too_long_is_refused() -> None:
    service = PushService()
    keys = {"p256dh": decoded(service.p256dh), "auth": decoded(service.auth)}
    one, two = seal(b"x", **keys), seal(b"x", **keys)
    assert one[:16] != two[:16]
    assert one[21:86] != two[21:86]
    with pytest.raises(ValueError, match="too many"):
        seal(b"x" * (LONGEST + 1), **keys)


def test_a_device_reads_what_was_told_and_its_service_knows_who_sends(service: PushService) -> None:
    device(service)
    push = tell()
    assert empty_pushes() is None
    assert service.opened() == {
        "title": "L’eau est coupée mardi",
        "body": "De 8 h à 12 h.",
        "sender": "Mairie de Saint-Aubin",
        "url": "/actualites/1/?de=push",
        "tag": push.announcement_id.hex,
        "receipt": push.receipt.hex,
    }
    ((path, headers, _body),) = service.taken
    assert (path, headers["Content-Encoding"]) == ("/un", "aes128gcm")
    assert headers["TTL"] == str(24 * 3600)
    assert headers["Topic"] == push.announcement_id.hex
    claims = claims_of(headers)
    assert claims["aud"] == service.origin
    assert time.time() < claims["exp"] <= time.time() + 24 * 3600
    assert claims["sub"].startswith("mailto:")
    assert public_key() in headers["Authorization"]
    assert again(push).state == DeliveryState.ACCEPTED


def test_what_was_handed_over_is_not_handed_over_again(service: PushService) -> None:
    device(service)
    tell()
    empty_pushes(), empty_pushes()
    assert len(service.taken) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_keeps_nobody_waiting(status: int, service: PushService) -> None:
    gone = device(service, "/parti")
    device(service)
    service.answers["/parti"] = (status, {})
    tell()
    empty_pushes()
    assert not Device.objects.filter(pk=gone.pk).exists()
    assert sorted(OutgoingPush.objects.values_list("state", flat=True)) == [
        DeliveryState.ACCEPTED,
        DeliveryState.PERMANENT,
    ]


@pytest.mark.parametrize("status", [400, 401, 403, 413, 302])
def test_what_a_service_refuses_for_good_is_not_tried_again(status: int, service: PushService) -> None:
    device(service)
    service.answers["/un"] = (status, {"Location": f"{service.origin}/ailleurs"})
    push = tell()
    assert empty_pushes() is None
    assert len(service.taken) == 1, "a redirection is not followed"
    assert (again(push).state, again(push).last_error) == (DeliveryState.TECHNICAL, str(status))


def test_a_passing_failure_is_tried_again_when_the_service_says(service: PushService) -> None:
    device(service)
    service.answers["/un"] = (429, {"Retry-After": "600"})
    push = tell()
    following = empty_pushes()
    assert following == again(push).not_before
    assert NOON + timedelta(seconds=600) <= following <= NOON + timedelta(seconds=600 + FIRST_RETRY)
    service.answers["/un"] = (503, {"Retry-After": "demain"})
    with time_machine.travel(following, tick=False):
        following = empty_pushes()
        assert following and following >= timezone.now() + timedelta(seconds=2 * FIRST_RETRY * 0.79)
    service.answers.clear()
    with time_machine.travel(following + timedelta(seconds=1), tick=False):
        assert empty_pushes() is None
    assert again(push).state == DeliveryState.ACCEPTED


def test_a_service_that_is_down_costs_one_attempt(service: PushService) -> None:
    found = device(service)
    Device.objects.filter(pk=found.pk).update(endpoint="http://127.0.0.1:9/rien")
    push = tell()
    from django.conf import settings

    settings.PUSH_TEST_ORIGINS.append("http://127.0.0.1:9")
    assert empty_pushes()
    assert (again(push).state, again(push).attempts) == (DeliveryState.TEMPORARY, 1)


def test_an_address_that_is_no_longer_allowed_is_never_asked(service: PushService, settings: Any) -> None:
    device(service)
    push = tell()
    settings.PUSH_TEST_ORIGINS = []
    empty_pushes()
    assert service.taken == []
    assert again(push).state == DeliveryState.TECHNICAL


def test_nothing_is_handed_over_at_night_nor_after_its_day(service: PushService) -> None:
    device(service)
    push = tell()
    with time_machine.travel(NOON.replace(hour=21), tick=False):
        assert empty_pushes() == NOON.replace(hour=8) + timedelta(days=1)
        assert service.taken == []
    with time_machine.travel(NOON + timedelta(hours=25), tick=False):
        assert empty_pushes() is None
    assert again(push).state == DeliveryState.EXPIRED


def test_what_is_urgent_is_handed_over_at_night_and_says_so(service: PushService) -> None:
    device(service)
    tell()
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        tell("Crue", urgent=True)
        empty_pushes()
    assert sorted(headers["Urgency"] for _, headers, _ in service.taken) == ["high", "normal"]
    with time_machine.travel(NOON.replace(hour=22), tick=False):
        tell("Crue encore", urgent=True, expires_at=NOON.replace(hour=23))
        waits = tell()
        assert empty_pushes() == NOON.replace(hour=8) + timedelta(days=1)
    assert service.taken[-1][1]["TTL"] == "3600"
    assert (len(service.taken), again(waits).state) == (3, DeliveryState.CREATED)


def test_what_is_urgent_and_failed_is_tried_again_at_night(service: PushService) -> None:
    device(service)
    service.answers["/un"] = (503, {})
    with time_machine.travel(NOON.replace(hour=22), tick=False):
        tell(urgent=True)
        following = empty_pushes()
        assert following
        assert following < timezone.now() + timedelta(minutes=1)


def test_a_commune_that_is_not_active_pushes_nothing(service: PushService, cast: Cast) -> None:
    with enter(cast.doux.schema_name):
        device(service)
        push = tell()
        assert empty_pushes() is None
        assert again(push).state == DeliveryState.CREATED
    assert service.taken == []
