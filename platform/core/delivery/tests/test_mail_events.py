"""What a mail service tells afterwards is believed from it only, once, and of the right commune."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.delivery.mail.words import KEY, word_of
from core.delivery.models import Channel, DeliveryState, OutgoingEmail, SmsTally, SuppressedAddress
from core.delivery.models.email import Kind
from core.delivery.outbox import empty_outbox
from core.delivery.tests.mail_service import of_brevo, of_mailjet
from core.delivery.tests.test_announcing import ask, here, resident, tell
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from core.tenancy.keys import uuid7
from tests.cast import Cast

__all__ = ["here"]

SECRET = "a-secret-that-nobody-guesses"
Call = Callable[..., int]


@pytest.fixture
def call(cast: Cast, client_on: Callable[[str], Client], settings: Any) -> Call:
    settings.EMAIL_SERVICE, settings.EMAIL_WEBHOOK_SECRET = "brevo", SECRET
    browser = client_on(cast.portal_host)

    def post(said: Any, secret: str = SECRET) -> int:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        return browser.post(f"/email/{secret}/", body, content_type="application/json").status_code

    return post


@pytest.fixture
def sent(here: Cast) -> Iterator[OutgoingEmail]:
    ask(resident(here), Channel.EMAIL)
    told = tell(here)
    empty_outbox()
    mail = OutgoingEmail.objects.get(announcement=told)
    assert mail.state == DeliveryState.ACCEPTED
    yield mail


@pytest.fixture
def word(here: Cast, sent: OutgoingEmail) -> dict[str, str]:
    return {KEY: word_of(here.aubin.schema_name, sent.pk)}


def state() -> str:
    return OutgoingEmail.objects.get().state


def kinds() -> set[str]:
    return set(SuppressedAddress.objects.values_list("kind", flat=True))


def tallies() -> dict[str, int]:
    with entered(OPERATOR):
        return dict(SmsTally.objects.filter(provider="email").values_list("kind", "count"))


def test_without_the_secret_nothing_is_here(sent: OutgoingEmail, word: Any, call: Call, settings: Any) -> None:
    assert call(of_brevo("delivered", word), secret="another") == 404
    settings.EMAIL_WEBHOOK_SECRET = ""
    assert call(of_brevo("delivered", word), secret="%20") == 404
    settings.EMAIL_WEBHOOK_SECRET, settings.EMAIL_SERVICE = SECRET, ""
    assert call(of_brevo("delivered", word)) == 404
    assert (state(), tallies()) == (DeliveryState.ACCEPTED, {})


def test_a_service_tells_as_much_as_it_needs_and_who_guesses_is_stopped(
    sent: OutgoingEmail, word: Any, call: Call, settings: Any
) -> None:
    settings.ANONYMOUS_WRITES = 2
    assert [call(of_brevo("opened", word)) for _ in range(5)] == [200] * 5
    assert [call(of_brevo("opened", word), secret="guessed") for _ in range(4)] == [404, 404, 429, 429]


@pytest.mark.parametrize(
    ("event", "wanted", "suppressed"),
    [
        ("request", "accepted", set()),
        ("delivered", "delivered", set()),
        ("deferred", "accepted", set()),
        ("soft_bounce", "temporary", set()),
        ("hard_bounce", "permanent", {Kind.REFUSED}),
        ("invalid_email", "permanent", {Kind.REFUSED}),
        ("blocked", "permanent", set()),
        ("error", "technical", set()),
        ("spam", "accepted", {Kind.COMPLAINT}),
        ("unique_opened", "accepted", set()),
        ("a_word_of_tomorrow", "accepted", set()),
    ],
)
def test_brevos_events_are_read(
    event: str, wanted: str, suppressed: set[str], sent: OutgoingEmail, word: Any, call: Call
) -> None:
    assert call(of_brevo(event, word, reason="550 5.1.1 No such user" if "hard" in event else "")) == 200
    assert (state(), kinds()) == (wanted, suppressed)


@pytest.mark.parametrize(
    ("event", "more", "wanted", "suppressed"),
    [
        ("sent", {"smtp_reply": "sent (250 2.0.0 OK)"}, "delivered", set()),
        ("bounce", {"blocked": False, "hard_bounce": True, "error": "user unknown"}, "permanent", {Kind.REFUSED}),
        ("bounce", {"blocked": False, "hard_bounce": False, "error": "quota exceeded"}, "temporary", set()),
        ("blocked", {"error_related_to": "spam", "error": "content blocked"}, "permanent", set()),
        ("blocked", {"error_related_to": "domain", "error": "no mail host"}, "permanent", {Kind.REFUSED}),
        ("spam", {"source": "JMRPP"}, "accepted", {Kind.COMPLAINT}),
        ("open", {"ip": "192.0.2.1"}, "accepted", set()),
    ],
)
def test_mailjets_events_are_read_several_at_once(
    event: str, more: Any, wanted: str, suppressed: set[str], sent: OutgoingEmail, word: Any, call: Call, settings: Any
) -> None:
    settings.EMAIL_SERVICE = "mailjet"
    assert call([of_mailjet("open", {}), of_mailjet(event, word, **more)]) == 200
    assert (state(), kinds()) == (wanted, suppressed)


def test_an_event_that_is_told_twice_or_late_changes_nothing(sent: OutgoingEmail, word: Any, call: Call) -> None:
    for event in ("delivered", "delivered", "soft_bounce", "error"):
        assert call(of_brevo(event, word)) == 200
    assert state() == DeliveryState.DELIVERED
    call(of_brevo("hard_bounce", word))  # the address took it, then found nobody
    call(of_brevo("delivered", word))
    assert (state(), kinds()) == (DeliveryState.PERMANENT, {Kind.REFUSED})
    assert tallies() == {"taken": 2, "doubled": 4}


def test_an_address_that_was_busy_is_written_to_again_a_few_times(sent: OutgoingEmail, word: Any, call: Call) -> None:
    OutgoingEmail.objects.update(expires_at=timezone.now() + timedelta(days=1))
    for wanted in ("temporary", "temporary", "permanent"):
        OutgoingEmail.objects.update(state="accepted")
        call(of_brevo("soft_bounce", word))
        assert state() == wanted
    assert kinds() == set()


@pytest.mark.parametrize("forged", [{}, {KEY: "public.x"}, {KEY: 7}, {KEY: ["x"]}, "[1]", ["x"]])
def test_a_word_that_is_not_ours_is_absorbed(forged: Any, sent: OutgoingEmail, word: Any, call: Call) -> None:
    assert call(of_brevo("hard_bounce", forged)) == 200
    assert (state(), kinds()) == (DeliveryState.ACCEPTED, set())
    assert tallies() in ({"unknown": 1}, {"forged": 1})


def test_a_word_of_another_commune_or_of_nowhere_reaches_nothing_here(
    here: Cast, sent: OutgoingEmail, call: Call
) -> None:
    mine, theirs = sent.pk, here.belleville.schema_name
    for said in (word_of(theirs, mine), word_of("nowhere", mine), word_of(here.aubin.schema_name, uuid7())):
        assert call(of_brevo("hard_bounce", {KEY: said})) == 200
    swapped = word_of(theirs, mine).replace(theirs, here.aubin.schema_name)
    assert call(of_brevo("hard_bounce", {KEY: swapped})) == 200
    assert (state(), kinds()) == (DeliveryState.ACCEPTED, set())
    assert tallies() == {"unknown": 3, "forged": 1}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000, b'{"items": []}'])
def test_what_cannot_be_read_is_refused(body: bytes, sent: OutgoingEmail, call: Call) -> None:
    assert call(body) == 400, "the service's own page shows it"
    assert tallies() == {"unreadable": 1}


def test_who_stops_at_the_service_is_asked_for_nothing_more(
    here: Cast, sent: OutgoingEmail, word: Any, call: Call
) -> None:
    person = resident(here)
    ask(person, Channel.WEEKLY)
    call(of_brevo("unsubscribe", word))
    assert not person.consents.live().exists()
    assert not SuppressedAddress.objects.exists()


def test_an_event_that_overtakes_the_row_is_kept(here: Cast, sent: OutgoingEmail, word: Any, call: Call) -> None:
    """The service may tell before the worker has written that it took it."""
    lease = timezone.now() + timedelta(minutes=1)
    OutgoingEmail.objects.update(state="sending", leased_until=lease, done_at=None)
    call(of_brevo("delivered", word))
    assert (state(), OutgoingEmail.objects.get().leased_until) == (DeliveryState.DELIVERED, None)
