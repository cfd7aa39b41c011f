"""A device says that it showed a notification: counted once, joined to nobody."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client

from core.delivery.models import DeliveryState, OutgoingPush
from core.delivery.progress import progress
from core.delivery.push.claiming import claim, write
from core.delivery.push.sending import empty_pushes
from core.delivery.tests.push_service import PushService
from core.delivery.tests.test_push import again, device, posted, service, tell
from core.delivery.views.devices import RECEIPTS
from core.tenancy.context import enter
from core.web.throttle import too_many
from tests.cast import Cast

__all__ = ["service"]
SHOWN = "/avertissements/affiche/"
On = Callable[[str], Client]


@pytest.fixture
def push(service: PushService) -> Iterator[OutgoingPush]:
    device(service)
    yield tell()


def say(cast: Cast, client_on: On, receipt: object, host: str = "") -> int:
    return client_on(host or cast.aubin.host).post(SHOWN, {"receipt": str(receipt)}).status_code


def test_what_was_shown_is_counted_once_and_forgets_the_device(
    push: OutgoingPush, service: PushService, cast: Cast, client_on: On
) -> None:
    empty_pushes()
    settled = again(push).done_at
    receipt = service.opened()["receipt"]
    assert say(cast, client_on, receipt) == say(cast, client_on, receipt) == 204
    with enter(cast.aubin.schema_name):
        found = again(push)
        assert (found.state, found.device_id, found.done_at) == (DeliveryState.DISPLAYED, None, settled)
        assert progress(push.announcement).push.displayed == 1


def test_a_device_that_is_faster_than_our_writing_is_heard_and_not_told_twice(
    push: OutgoingPush, service: PushService, cast: Cast, client_on: On
) -> None:
    (parcel,) = claim("Mairie")
    outcome = posted(parcel)
    assert say(cast, client_on, service.opened()["receipt"]) == 204
    with enter(cast.aubin.schema_name):
        write([outcome])
        assert empty_pushes() is None
        assert (again(push).state, len(service.taken)) == (DeliveryState.DISPLAYED, 1)
        assert again(push).done_at


def test_a_number_that_is_not_known_changes_nothing_and_is_answered_alike(
    push: OutgoingPush, cast: Cast, client_on: On
) -> None:
    assert say(cast, client_on, uuid4()) == 204
    assert say(cast, client_on, push.pk) == 204, "the row's own key tells when it was made: it is no receipt"
    assert say(cast, client_on, push.receipt, cast.belleville.host) == 204
    with enter(cast.aubin.schema_name):
        assert again(push).state == DeliveryState.CREATED


@pytest.mark.parametrize("receipt", ["", "x", "0" * 5000, "\0", "é" * 36])
def test_what_is_no_number_is_refused(receipt: str, cast: Cast, client_on: On) -> None:
    assert say(cast, client_on, receipt) == 400


def test_it_is_sent_and_not_read(cast: Cast, client_on: On) -> None:
    assert client_on(cast.aubin.host).get(SHOWN).status_code == 405


def test_a_program_needs_no_cookie_and_is_given_none(cast: Cast) -> None:
    program = Client(enforce_csrf_checks=True, headers={"host": cast.aubin.host, "x-forwarded-proto": "https"})
    answer = program.post(SHOWN, {"receipt": uuid4().hex})
    assert (answer.status_code, dict(answer.cookies)) == (204, {})


def test_one_place_cannot_ask_for_ever(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        for _ in range(RECEIPTS):
            too_many("receipt", "127.0.0.1", limit=RECEIPTS, seconds=60)
    assert say(cast, client_on, uuid4()) == 429


def test_the_worker_says_so_once_it_has_shown(cast: Cast, client_on: On) -> None:
    worker = client_on(cast.aubin.host).get("/sw.js").content.decode()
    assert f'"shown": "{SHOWN}"' in worker
    assert ".then(() => acknowledge(said.receipt))" in worker
