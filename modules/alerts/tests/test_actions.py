"""What may become of an alert, and what each telling leaves behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.audit.models import Entry
from core.delivery.models import Announcement, OutgoingEmail
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from modules.alerts import actions
from modules.alerts.actions import EditedMeanwhile
from modules.alerts.jobs import expire_due_alerts
from modules.alerts.models import Alert, AlertState, Event, template_of
from modules.alerts.models.alerts import DESCRIPTION, HEADLINE, INSTRUCTION
from modules.alerts.tests.warning import (
    announced,
    ask_for_alerts,
    cancelled,
    content,
    fresh,
    lifted,
    messages,
    sent,
    user,
    written,
)
from tests.cast import Cast

MIDNIGHT = datetime(2031, 3, 4, 0, 30, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def _by_night(cast: Cast) -> Iterator[None]:
    """When nobody is disturbed, but for this; one resident asked for e-mails."""
    with time_machine.travel(MIDNIGHT, tick=False):
        ask_for_alerts(cast.aubin)
        yield


def test_writing_tells_nobody(cast: Cast) -> None:
    written(cast.aubin)
    assert announced(cast.aubin) == []
    assert messages(cast.aubin) == []


def test_what_is_sent_leaves_at_once_even_at_night_and_is_not_worth_telling_after_its_end(cast: Cast) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        [row] = Announcement.objects.filter(topic="alerts")
        [mail] = OutgoingEmail.objects.filter(announcement=row)
    assert (row.urgent, row.leaves_at, row.expires_at, row.email) == (True, timezone.now(), alert.ends_at, 1)
    assert mail.not_before == timezone.now()
    assert row.title == "Danger · Inondation : La rivière monte"
    assert row.text.startswith("Montez à l’étage.")


def test_an_alert_sent_twice_is_told_once(cast: Cast) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        again = actions.send(key=alert.pk, version=1, author=user(cast.aubin.administrator))
    assert again.state == AlertState.SENT
    assert len(announced(cast.aubin)) == len(messages(cast.aubin)) == 1


def test_what_changed_since_it_was_read_is_not_sent(cast: Cast) -> None:
    alert = written(cast.aubin)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.administrator)
        actions.revise(key=alert.pk, version=1, content=content(headline="Autre"), author=author)
        with pytest.raises(ValidationError):
            actions.send(key=alert.pk, version=1, author=author)
    assert announced(cast.aubin) == []


def test_a_draft_whose_end_is_past_is_not_sent(cast: Cast) -> None:
    alert = written(cast.aubin)
    author = user(cast.aubin.administrator)
    with (
        time_machine.travel(alert.ends_at, tick=False),
        enter(cast.aubin.schema_name),
        pytest.raises(ValidationError) as refused,
    ):
        actions.send(key=alert.pk, version=1, author=author)
    assert "ends_at" in refused.value.message_dict
    assert fresh(cast.aubin, alert).state == AlertState.DRAFT


def test_an_update_a_lift_and_a_cancellation_are_told_to_the_same_topic(cast: Cast) -> None:
    alert, other = sent(cast.aubin), sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.administrator)
        more = content(instruction="Montez. Attendez les secours.")
        alert = actions.update(key=alert.pk, version=alert.version, content=more, author=author)
        actions.lift(key=alert.pk, author=author)
        actions.cancel(key=other.pk, correction="La rivière est calme.", author=author)
    assert [title.partition(" · ")[0] for title in announced(cast.aubin)] == [
        "Danger",
        "Danger",
        "Mise à jour",
        "Fin d’alerte",
        "Alerte annulée",
    ]
    assert messages(cast.aubin)[-1].text == "Cette alerte était une erreur. La rivière est calme."
    assert [fresh(cast.aubin, each).state for each in (alert, other)] == [AlertState.LIFTED, AlertState.CANCELLED]


def test_the_same_end_or_update_again_tells_nobody_again(cast: Cast) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.administrator)
        more = content(headline="Autre")
        for _ in range(2):
            actions.update(key=alert.pk, version=2, content=more, author=author)
        for _ in range(2):
            actions.lift(key=alert.pk, author=author)
    assert len(announced(cast.aubin)) == 3


def test_of_two_updates_from_one_version_the_second_is_refused(cast: Cast) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.administrator)
        actions.update(key=alert.pk, version=2, content=content(headline="Un"), author=author)
        with pytest.raises(EditedMeanwhile):
            actions.update(key=alert.pk, version=2, content=content(headline="Deux"), author=author)


@pytest.mark.parametrize("end", [lifted, cancelled])
def test_what_is_over_is_neither_updated_nor_ended_otherwise(cast: Cast, end: Any) -> None:
    alert = end(cast.aubin)
    author = user(cast.aubin.administrator)
    told = len(announced(cast.aubin))
    other = {AlertState.LIFTED: actions.cancel, AlertState.CANCELLED: actions.lift}[AlertState(alert.state)]
    more: dict[str, Any] = {"correction": "Non."} if other is actions.cancel else {}
    with enter(cast.aubin.schema_name):
        with pytest.raises(ValidationError):
            actions.update(key=alert.pk, version=alert.version, content=content(headline="Autre"), author=author)
        with pytest.raises(ValidationError):
            other(key=alert.pk, author=author, **more)
    assert len(announced(cast.aubin)) == told


def test_a_cancellation_says_what_is_true(cast: Cast) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError) as refused:
        actions.cancel(key=alert.pk, correction="  ", author=user(cast.aubin.administrator))
    assert "correction" in refused.value.message_dict
    assert fresh(cast.aubin, alert).is_in_force


def test_at_its_end_an_alert_expires_and_nobody_is_told(cast: Cast) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        assert DueWork.objects.get(schema_name=cast.aubin.schema_name, job=actions.EXPIRE_DUE).due_at == alert.ends_at
    with time_machine.travel(alert.ends_at, tick=False):
        assert not fresh(cast.aubin, alert).is_in_force, "before the job has run"
        expire_due_alerts.apply(headers={"space": cast.aubin.schema_name}, throw=True)
    assert fresh(cast.aubin, alert).state == AlertState.EXPIRED
    assert len(announced(cast.aubin)) == 1


def test_an_end_put_off_by_an_update_is_the_one_that_counts(cast: Cast) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        later = content(ends_at=alert.ends_at + timedelta(hours=2))
        actions.update(key=alert.pk, version=2, content=later, author=user(cast.aubin.administrator))
    with time_machine.travel(alert.ends_at, tick=False):
        expire_due_alerts.apply(headers={"space": cast.aubin.schema_name}, throw=True)
        assert fresh(cast.aubin, alert).is_in_force


def test_a_drill_says_so_in_all_that_is_told(cast: Cast) -> None:
    alert = sent(cast.aubin, drill=True)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.administrator)
        real = content(headline="Autre", drill=False)
        alert = actions.update(key=alert.pk, version=2, content=real, author=author)
        actions.lift(key=alert.pk, author=author)
        mails = OutgoingEmail.objects.filter(announcement__topic="alerts").values_list("subject", flat=True)
        assert all("EXERCICE" in subject for subject in mails)
        assert len(mails) == 3
    assert alert.drill, "an update makes no danger of a drill"
    assert all(title.startswith("EXERCICE · ") for title in announced(cast.aubin))
    assert all("aucun danger" in message.text for message in messages(cast.aubin))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", ""),
        ("headline", "a" * 10_000),
        ("instruction", " \n "),
        ("instruction", "a" * 10_000),
        ("description", "a" * 10_000),
        ("ends_at", MIDNIGHT),
        ("ends_at", MIDNIGHT + timedelta(days=32)),
    ],
)
def test_what_cannot_be_told_is_refused_at_its_field(cast: Cast, field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        written(cast.aubin, **{field: value})
    assert list(refused.value.message_dict) == [field]


def test_an_end_before_the_beginning_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        written(cast.aubin, starts_at=MIDNIGHT + timedelta(hours=9))


def test_an_alert_that_was_sent_is_not_deleted(cast: Cast) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError):
        actions.delete_draft(key=alert.pk, author=user(cast.aubin.administrator))


def test_a_draft_is_deleted_and_the_journal_says_so(cast: Cast) -> None:
    alert = written(cast.aubin)
    with enter(cast.aubin.schema_name):
        actions.delete_draft(key=alert.pk, author=user(cast.aubin.editor))
        assert not Alert.objects.exists()
        assert Entry.objects.filter(verb="alerts.deleted", target=alert.headline).exists()
        with pytest.raises(Alert.DoesNotExist):
            actions.delete_draft(key=uuid4(), author=user(cast.aubin.editor))


@pytest.mark.parametrize("event", Event)
def test_every_event_has_a_text_that_can_be_sent_as_it_is(event: Event) -> None:
    template = template_of(event)
    assert 0 < len(template.headline) <= HEADLINE
    assert 0 < len(template.instruction) <= INSTRUCTION
    assert len(template.description) <= DESCRIPTION
