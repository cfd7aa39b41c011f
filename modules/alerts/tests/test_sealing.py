"""What became of a message is final a day later, and the log says so."""

from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.utils import timezone

from core.audit.models import Entry
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from modules.alerts import actions
from modules.alerts.actions.log import SEAL_DUE
from modules.alerts.models import SETTLED, AlertMessage, MessageKind, Outcomes
from modules.alerts.queries.log import Fault, verdict
from modules.alerts.tests.warning import ask_for_alerts, cancelled, fresh, lifted, messages, sent
from tests.cast import Cast, Place

DAY_LATER = SETTLED + timedelta(minutes=1)


def sealed(place: Place, after: timedelta = DAY_LATER) -> list[AlertMessage]:
    """The reports that the log holds so long after now."""
    with time_machine.travel(timezone.now() + after, tick=False), enter(place.schema_name):
        actions.seal_due()
        return list(AlertMessage.objects.reports().order_by("serial"))


def test_nothing_is_final_before_a_day(cast: Cast) -> None:
    sent(cast.aubin)
    assert sealed(cast.aubin, SETTLED - timedelta(minutes=1)) == []
    with enter(cast.aubin.schema_name):
        assert DueWork.objects.filter(job=SEAL_DUE, schema_name=cast.aubin.schema_name).exists()
        assert actions.seal_due() == AlertMessage.objects.get().at + SETTLED


def test_each_message_is_closed_once_with_its_sums_and_the_print_of_its_list(cast: Cast) -> None:
    ask_for_alerts(cast.aubin)
    lifted(cast.aubin)
    first, second = sealed(cast.aubin)
    assert sealed(cast.aubin) == [first, second]
    assert [each.content["of"] for each in (first, second)] == [1, 2]
    assert first.content["told"]["e-mail"] == 1
    assert first.content["states"]["e-mail"] == {"expired": 1}, "called off by the end"
    assert second.content["states"]["e-mail"] == {"created": 1}
    with enter(cast.aubin.schema_name):
        text = Outcomes.objects.get(report=first).text
        assert verdict().holds and actions.seal_due() is None
        assert Entry.objects.filter(verb="alerts.reported").count() == 2
    assert text and sha256(text).hexdigest() == first.content["outcomes"]


def test_what_happens_after_the_report_changes_it_no_more(cast: Cast) -> None:
    ask_for_alerts(cast.aubin)
    sent(cast.aubin)
    [report] = sealed(cast.aubin)
    with enter(cast.aubin.schema_name):
        OutgoingEmail.objects.update(state="permanent")
        assert b"permanent" not in (Outcomes.objects.get(report=report).text or b"")
        assert verdict().holds


def test_a_list_changed_behind_our_back_is_found(cast: Cast) -> None:
    sent(cast.aubin)
    [report] = sealed(cast.aubin)
    with enter(cast.aubin.schema_name):
        from modules.alerts.models.outcomes import packed

        Outcomes.objects.update(packed=packed(b"forged"))
        assert set(verdict().faults) == {Fault(report.serial, "has another file of outcomes than the one it sealed")}


@pytest.mark.parametrize("change", [{"content": {}}, {"text": "Rien."}])
def test_a_report_changed_behind_our_back_is_found(cast: Cast, change: dict[str, object]) -> None:
    sent(cast.aubin)
    [report] = sealed(cast.aubin)
    with enter(cast.aubin.schema_name):
        AlertMessage.objects.filter(pk=report.pk).update(**change)
        assert Fault(report.serial, "does not say what was told") in verdict().faults


def test_an_alert_that_ended_is_closed_all_the_same_and_stays_as_it_is(cast: Cast) -> None:
    alert = cancelled(cast.aubin)
    assert len(sealed(cast.aubin)) == 2
    assert fresh(cast.aubin, alert).state == alert.state


def test_a_report_is_told_to_nobody(cast: Cast) -> None:
    alert = sent(cast.aubin)
    sealed(cast.aubin)
    assert [each.kind for each in messages(cast.aubin)] == [MessageKind.SENT, MessageKind.REPORT]
    with enter(cast.aubin.schema_name):
        assert alert.messages.told().count() == 1
