"""What is said to a mail server, and what its refusals mean."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.delivery.actions import MORE_MAILS, send_to_many
from core.delivery.mail.claiming import claim, write
from core.delivery.mail.conversing import Refusal
from core.delivery.mail.posting import lane
from core.delivery.models import DeliveryState, OutgoingEmail
from core.delivery.outbox import empty_outbox
from core.delivery.tests.conftest import Server
from core.delivery.tests.test_outbox import in_aubin
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from tests.cast import Cast

__all__ = ["in_aubin"]


def promise(count: int, text: str = "L’eau monte.") -> None:
    send_to_many(
        "announcement",
        to={f"p{number}@exemple.fr": f"https://aubin.example/stop/{number}/" for number in range(count)},
        context={"title": "Crue", "said": text, "link": "https://aubin.example/", "topic": "Alertes"},
        expires_at=timezone.now() + timedelta(hours=1),
    )


def states() -> set[str]:
    return set(OutgoingEmail.objects.values_list("state", flat=True))


@pytest.mark.parametrize("pipelining", [False, True])
def test_many_leave_over_few_connections_each_once_and_whole(pipelining: bool, smtp: Server, in_aubin: None) -> None:
    smtp.pipelining = pipelining
    promise(60, text=".\n.L’eau monte.\n..\n")
    empty_outbox()
    assert sorted(mail["To"] for mail in smtp.taken) == sorted(f"p{number}@exemple.fr" for number in range(60))
    assert len(smtp.connections) <= 8
    assert states() == {"accepted"}
    for mail in smtp.taken:
        assert "\n.\n.L’eau monte.\n..\n" in next(mail.iter_parts()).get_content().replace("\r\n", "\n")
        number = mail["To"].removeprefix("p").partition("@")[0]
        assert mail["List-Unsubscribe"] == f"<https://aubin.example/stop/{number}/>"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("pipelining", [False, True])
def test_an_address_refused_among_others_keeps_none_of_them(pipelining: bool, smtp: Server, in_aubin: None) -> None:
    smtp.pipelining = pipelining
    smtp.answers["p3@exemple.fr"] = "550 5.1.1 No such user"
    promise(20)
    empty_outbox()
    assert len(smtp.taken) == 19
    assert OutgoingEmail.objects.get(state=DeliveryState.PERMANENT).recipient == "p3@exemple.fr"


def test_a_server_that_ends_a_connection_after_some_e_mails_gets_the_others_over_new_ones(
    smtp: Server, in_aubin: None
) -> None:
    smtp.most = 4
    promise(30)
    empty_outbox()
    assert len(smtp.taken) == 30
    assert set(OutgoingEmail.objects.values_list("state", "attempts")) == {("accepted", 0)}


def test_a_batch_is_written_in_one_statement(smtp: Server, in_aubin: None) -> None:
    promise(50)
    letters = claim("Mairie")
    with lane() as post:
        outcomes = [post(letter) for letter in letters]
    with CaptureQueriesContext(connection) as made:
        write(outcomes)
    assert len([each for each in made if "update" in each["sql"].lower()]) == 1
    assert states() == {"accepted"}


def test_what_has_waited_too_long_in_a_worker_is_given_back_unsent(smtp: Server, in_aubin: None) -> None:
    promise(1)
    (letter,) = claim("Mairie")
    with lane() as post:
        outcome = post(replace(letter, until=time.monotonic() - 1))
    write([outcome])
    assert (smtp.taken, states()) == ([], {"created"})
    empty_outbox()
    assert (len(smtp.taken), states()) == (1, {"accepted"})


@pytest.mark.parametrize(
    ("code", "reason", "of_address", "state", "nobody"),
    [
        (550, "No such user", True, "permanent", True),
        (550, "5.1.1 No such user", True, "permanent", True),
        (550, "5.2.1 Mailbox disabled", True, "permanent", True),
        (552, "5.2.2 Mailbox full", True, "permanent", False),
        (550, "5.7.1 Relaying denied", True, "technical", False),
        (554, "5.7.1 Listed as a source of spam", True, "technical", False),
        (550, "5.1.1 No such user", False, "permanent", True),
        (554, "Looks like spam", False, "technical", False),
        (550, "Our text is refused", False, "technical", False),
        (450, "4.2.0 Greylisted", True, "temporary", False),
    ],
)
def test_a_refusal_is_of_the_address_of_the_text_or_of_the_moment(
    code: int, reason: str, of_address: bool, state: str, nobody: bool
) -> None:
    refusal = Refusal(code, reason, of_address=of_address)
    assert (refusal.state, refusal.nobody) == (state, nobody)


def test_two_workers_at_once_send_each_e_mail_once(smtp: Server, committed_cast: Cast) -> None:
    def work(_: int) -> None:
        try:
            with enter(committed_cast.aubin.schema_name):
                empty_outbox()
        finally:
            connection.close()

    with enter(committed_cast.aubin.schema_name):
        promise(300)
        with ThreadPoolExecutor(2) as workers:
            list(workers.map(work, range(2)))
        assert sorted(mail["To"] for mail in smtp.taken) == sorted(f"p{number}@exemple.fr" for number in range(300))
        assert states() == {"accepted"}


def test_a_turn_ends_and_another_job_goes_on_with_what_is_left(smtp: Server, in_aubin: None) -> None:
    promise(3)
    assert empty_outbox(turn=0) is None
    assert (smtp.taken, states()) == ([], {"created"})
    assert DueWork.objects.filter(job=MORE_MAILS, due_at__lte=timezone.now()).exists()
