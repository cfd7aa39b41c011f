"""The log of what was told holds together, and shows where it does not."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core.accounts.actions import delete_account
from core.tenancy.context import enter
from modules.alerts import actions
from modules.alerts.models import AlertMessage, Unchangeable
from modules.alerts.queries.log import Fault, verdict
from modules.alerts.tests.warning import OFFICE, ask_for_alerts, content, lifted, messages, sent, user, written
from tests.cast import Cast

Of = Callable[..., Client]


@pytest.fixture
def told(cast: Cast) -> list[AlertMessage]:
    ask_for_alerts(cast.aubin)
    lifted(cast.aubin)
    sent(cast.aubin, headline="Une autre")
    return messages(cast.aubin)


def faults(cast: Cast) -> set[Fault]:
    with enter(cast.aubin.schema_name):
        return set(verdict().faults)


def test_each_message_holds_the_print_of_the_one_before(cast: Cast, told: list[AlertMessage]) -> None:
    assert [each.previous for each in told] == ["0" * 64, told[0].digest, told[1].digest]
    assert faults(cast) == set()


def test_a_message_is_neither_changed_nor_deleted(cast: Cast, told: list[AlertMessage]) -> None:
    with enter(cast.aubin.schema_name):
        message = AlertMessage.objects.get(serial=1)
        message.text = "Rien."
        with pytest.raises(Unchangeable):
            message.save()
        with pytest.raises(Unchangeable):
            message.delete()


@pytest.mark.parametrize("change", [{"text": "Rien."}, {"kind": "lift"}, {"title": "Rien"}, {"content": {}}])
def test_a_message_changed_behind_our_back_is_found(
    cast: Cast, told: list[AlertMessage], change: dict[str, object]
) -> None:
    with enter(cast.aubin.schema_name):
        AlertMessage.objects.filter(serial=1).update(**change)
    assert Fault(1, "does not say what was told") in faults(cast)


def test_a_message_given_another_author_is_found(cast: Cast, told: list[AlertMessage]) -> None:
    with enter(cast.aubin.schema_name):
        AlertMessage.objects.filter(serial=2).update(author=user(cast.aubin.editor))
    assert faults(cast) == {Fault(2, "names another author")}


@pytest.mark.parametrize("serial", [1, 2, 3])
def test_a_message_taken_out_is_found_even_the_last(cast: Cast, told: list[AlertMessage], serial: int) -> None:
    with enter(cast.aubin.schema_name):
        AlertMessage.objects.filter(serial=serial).delete()
    assert Fault(serial, "noted in the journal, not in the log") in faults(cast)


def test_a_message_rewritten_with_its_digest_breaks_the_next(cast: Cast, told: list[AlertMessage]) -> None:
    with enter(cast.aubin.schema_name):
        forged = AlertMessage.objects.get(serial=1)
        forged.text = "Rien."
        AlertMessage.objects.filter(serial=1).update(text="Rien.", digest=forged.computed())
    assert Fault(2, "does not follow the message before it") in faults(cast)


def test_the_log_still_holds_when_who_decided_is_erased(cast: Cast) -> None:
    alert = written(cast.aubin)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.editor)
        actions.send(key=alert.pk, version=1, author=author)
        assert AlertMessage.objects.filter(author=author).exists()
        delete_account(author)
        assert not AlertMessage.objects.filter(author__isnull=False).exists()
    assert faults(cast) == set()


def test_the_command_says_what_holds_and_fails_on_what_does_not(cast: Cast, told: list[AlertMessage]) -> None:
    out = StringIO()
    call_command("verify_alerts", stdout=out)
    assert f"{cast.aubin.schema_name}: 3 messages, holds" in out.getvalue()
    with enter(cast.aubin.schema_name):
        AlertMessage.objects.filter(serial=1).update(text="Rien.")
    with pytest.raises(CommandError):
        call_command("verify_alerts", cast.aubin.schema_name, stdout=out)
    assert "message 1 does not say what was told" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("verify_alerts", "c00000", stdout=out)


def test_the_report_says_who_when_and_how_many(cast: Cast, client_of: Of, told: list[AlertMessage]) -> None:
    address = f"{OFFICE}{told[0].alert_id}/"
    assert client_of(cast.aubin.resident).get(address).status_code == 403
    html = client_of(cast.aubin.editor).get(address).content.decode()
    assert "décidé par Administrator" in html
    assert told[0].digest in html
    assert "0 / 1" in html


def test_the_log_of_an_alert_is_a_file(cast: Cast, client_of: Of) -> None:
    alert = sent(cast.aubin, headline="=SOMME(A1)")
    with enter(cast.aubin.schema_name):
        more = content(headline="Mieux")
        actions.update(key=alert.pk, version=2, content=more, author=user(cast.aubin.administrator))
    address = f"{OFFICE}{alert.pk}/journal.csv"
    assert client_of(cast.aubin.resident).get(address).status_code == 403
    response = client_of(cast.aubin.editor).get(address)
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"].startswith("attachment")
    assert len(lines) == 3
    assert [line.rpartition(";")[2] for line in lines[1:]] == [each.digest for each in messages(cast.aubin)]
