"""What is promised is sent once, or its failure is written down."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.delivery.actions import OUTBOX, release_held, send_email
from core.delivery.mail.claiming import LEASE, claim, expire, write
from core.delivery.mail.letter import Outcome
from core.delivery.models import HELD, DeliveryState, OutgoingEmail
from core.delivery.outbox import empty_outbox
from core.delivery.retrying import FIRST_RETRY
from core.delivery.tests.conftest import Server
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from tests.cast import Cast, Place

TO = "camille@exemple.fr"


@pytest.fixture
def in_aubin(cast: Cast) -> Iterator[None]:
    with enter(cast.aubin.schema_name):
        yield


def promise(to: str = TO, *, minutes_to_live: int = 60) -> OutgoingEmail:
    return send_email("login_code", to=to, context={"code": "123456", "minutes": 15}, minutes_to_live=minutes_to_live)


def confirm(place: Place) -> None:
    """The operator's word: the space is public."""
    space = place.space
    type(space)._default_manager.filter(pk=space.pk).update(state=space.State.ACTIVE)


def again(mail: OutgoingEmail) -> OutgoingEmail:
    return OutgoingEmail.objects.get(pk=mail.pk)


def test_a_mail_is_sent_with_who_writes_its_two_forms_and_its_identifier(smtp: Server, in_aubin: None) -> None:
    mail = promise()
    assert empty_outbox() is None
    (taken,) = smtp.taken
    assert taken["To"] == TO
    assert taken["Subject"] == "123456 est votre code"
    assert taken["From"] == "Mairie de Saint-Aubin <ne-pas-repondre@beffroi.test>"
    assert taken["Message-ID"] == f"<{mail.pk}@beffroi.test>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in taken.iter_parts()] == ["text/plain", "text/html"]
    assert all("123456" in part.get_content() for part in taken.iter_parts())
    sent = again(mail)
    assert (sent.state, sent.last_error) == (DeliveryState.ACCEPTED, "")
    assert sent.done_at


def test_what_is_sent_is_not_sent_again(smtp: Server, in_aubin: None) -> None:
    promise()
    empty_outbox()
    empty_outbox()
    assert len(smtp.taken) == 1


@pytest.mark.parametrize("answer", ["550 No such user", "553 Not here"])
def test_an_address_refused_for_good_is_not_tried_again(answer: str, smtp: Server, in_aubin: None) -> None:
    smtp.answers[TO] = answer
    mail = promise()
    assert empty_outbox() is None
    refused = again(mail)
    assert (refused.state, refused.attempts, refused.last_error) == (DeliveryState.PERMANENT, 1, answer)
    assert refused.done_at


def test_a_text_refused_for_good_is_not_tried_again(smtp: Server, in_aubin: None) -> None:
    smtp.of_data = "554 Looks like spam"
    mail = promise()
    assert empty_outbox() is None
    assert again(mail).state == DeliveryState.TECHNICAL
    assert again(mail).last_error == "554 Looks like spam"


@pytest.mark.parametrize("where", ["address", "text", "connection"])
def test_a_passing_failure_is_tried_again_later(where: str, smtp: Server, in_aubin: None) -> None:
    if where == "address":
        smtp.answers[TO] = "451 Try later"
    elif where == "text":
        smtp.of_data = "452 Disk full"
    else:
        smtp.hang_up = True
    mail = promise()
    before = timezone.now()
    following = empty_outbox()
    failed = again(mail)
    assert (failed.state, failed.attempts) == (DeliveryState.TEMPORARY, 1)
    assert failed.last_error
    assert following == failed.not_before > before + timedelta(seconds=FIRST_RETRY * 0.79)
    smtp.answers.clear()
    smtp.of_data, smtp.hang_up = "250 Taken", False
    assert empty_outbox() == following
    with time_machine.travel(following + timedelta(seconds=1), tick=False):
        assert empty_outbox() is None
    assert again(mail).state == DeliveryState.ACCEPTED


def test_a_failure_does_not_keep_the_others(smtp: Server, in_aubin: None) -> None:
    smtp.answers["absent@exemple.fr"] = "550 No such user"
    smtp.answers["busy@exemple.fr"] = "421 Busy, closing"
    promise("absent@exemple.fr")
    promise("busy@exemple.fr")
    promise()
    empty_outbox()
    assert [mail["To"] for mail in smtp.taken] == [TO]


def test_a_server_that_is_down_costs_one_attempt(no_smtp: None, in_aubin: None) -> None:
    mails = [promise(), promise("autre@exemple.fr")]
    assert empty_outbox()
    assert {(again(mail).state, again(mail).attempts) for mail in mails} == {(DeliveryState.TEMPORARY, 1)}
    assert "refused" in again(mails[0]).last_error.lower()


def test_what_is_too_old_expires_and_is_not_sent(smtp: Server, in_aubin: None) -> None:
    mail = promise(minutes_to_live=15)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert empty_outbox() is None
    assert again(mail).state == DeliveryState.EXPIRED
    assert smtp.taken == []


def test_a_second_worker_takes_nothing_of_the_first(smtp: Server, in_aubin: None) -> None:
    mail = promise()
    (first,) = claim("Mairie")
    assert first.key == mail.pk
    assert claim("Mairie") == []
    following = empty_outbox()
    assert smtp.taken == []
    assert following == first.lease


def test_a_worker_that_died_gives_its_mail_back_and_a_slow_one_writes_nothing(smtp: Server, in_aubin: None) -> None:
    mail = promise()
    (slow,) = claim("Mairie")
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1), tick=False):
        empty_outbox()
        assert len(smtp.taken) == 1
        write([Outcome(slow, DeliveryState.TEMPORARY, "451 Try later")])
    assert again(mail).state == DeliveryState.ACCEPTED


def test_a_space_that_waits_holds_what_leaves_its_staff_until_it_is_confirmed(smtp: Server, cast: Cast) -> None:
    with enter(cast.doux.schema_name):
        held, free = promise(), promise(cast.doux.editor.email)
        empty_outbox()
        assert (again(held).state, again(free).state) == (HELD, DeliveryState.ACCEPTED)
        confirm(cast.doux)
        assert release_held() == 1
        empty_outbox()
        assert again(held).state == DeliveryState.ACCEPTED
        assert release_held() == 0
    assert [mail["To"] for mail in smtp.taken] == [cast.doux.editor.email, TO]


def test_what_was_held_too_long_is_not_sent_when_it_is_released(smtp: Server, cast: Cast) -> None:
    with enter(cast.doux.schema_name):
        held = promise(minutes_to_live=15)
        confirm(cast.doux)
        with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
            release_held()
            empty_outbox()
        assert again(held).state == DeliveryState.EXPIRED
    assert smtp.taken == []


def test_a_promise_is_owed_with_the_decision_and_undone_with_it(in_aubin: None) -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        promise()
        assert DueWork.objects.filter(job=OUTBOX).exists()
        raise RuntimeError
    assert not OutgoingEmail.objects.exists()
    assert not DueWork.objects.filter(job=OUTBOX).exists()


def test_a_name_with_marks_is_written_as_it_is_and_a_line_break_is_not_a_header(smtp: Server, in_aubin: None) -> None:
    send_email("invitation", to=TO, context={"name": "", "author": "Zoë d’Aubin\r\nBcc: all@exemple.fr <b>&"})
    empty_outbox()
    (taken,) = smtp.taken
    assert taken["Subject"].strip() == "Zoë d’Aubin Bcc: all@exemple.fr <b>& vous invite dans l’espace de la mairie"
    assert taken["Bcc"] is None
    text, html = taken.iter_parts()
    assert "<b>&" in text.get_content()
    assert "&lt;b&gt;&amp;" in html.get_content()


@pytest.mark.parametrize("end", ["accepted", "permanent", "expired", "temporary"])
def test_the_words_of_a_secret_mail_are_erased_once_it_is_settled(end: str, in_aubin: None) -> None:
    mail = promise()
    OutgoingEmail.objects.filter(pk=mail.pk).update(secret=True)
    if end == "expired":
        OutgoingEmail.objects.filter(pk=mail.pk).update(expires_at=timezone.now())
        expire()
    else:
        (letter,) = claim("Mairie")
        write([Outcome(letter, DeliveryState(end))])
    kept = again(mail)
    assert kept.state == end
    assert [bool(words) for words in (kept.subject, kept.text, kept.html)] == [end == "temporary"] * 3


def test_the_words_of_an_ordinary_mail_are_kept_with_its_outcome(smtp: Server, in_aubin: None) -> None:
    mail = promise()
    empty_outbox()
    assert again(mail).text
