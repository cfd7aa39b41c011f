"""Writing and sending alerts in the tests, as the people of the cast."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.accounts.models import User
from core.delivery.consenting import choose
from core.delivery.models import Announcement, Channel
from core.tenancy.context import enter
from modules.alerts import actions
from modules.alerts.actions import Content
from modules.alerts.models import Alert, AlertMessage
from tests.cast import Person, Place

OFFICE = "/mairie/alertes/"


def user(person: Person) -> User:
    with enter(person.schema_name):
        return User.objects.get(pk=person.id)


def content(**changes: Any) -> Content:
    usual = Content(
        event="flood",
        severity="severe",
        headline="La rivière monte",
        instruction="Montez à l’étage. Ne prenez pas la voiture.",
        description="Le gymnase est ouvert.",
        ends_at=timezone.now().replace(microsecond=0) + timedelta(hours=6),
    )
    return replace(usual, **changes)


def typed(**changes: Any) -> dict[str, Any]:
    """As the form posts it."""
    ends_at = timezone.localtime(timezone.now() + timedelta(hours=6))
    return {
        "instruction": "Montez à l’étage. Ne prenez pas la voiture.",
        "headline": "La rivière monte",
        "severity": "severe",
        "ends_at": ends_at.strftime("%Y-%m-%dT%H:%M"),
        **changes,
    }


def ask_for_alerts(place: Place) -> None:
    """The commune's resident asks to be told of alerts by e-mail."""
    with enter(place.schema_name):
        among = [("alerts", channel) for channel in Channel]
        choose(user(place.resident), {("alerts", Channel.EMAIL)}, among=among)


def written(place: Place, **changes: Any) -> Alert:
    with enter(place.schema_name):
        return actions.write(content=content(**changes), author=user(place.editor))


def sent(place: Place, **changes: Any) -> Alert:
    alert = written(place, **changes)
    with enter(place.schema_name):
        return actions.send(key=alert.pk, version=alert.version, author=user(place.administrator))


def lifted(place: Place, words: str = "", **changes: Any) -> Alert:
    alert = sent(place, **changes)
    with enter(place.schema_name):
        return actions.lift(key=alert.pk, words=words, author=user(place.administrator))


def cancelled(place: Place, **changes: Any) -> Alert:
    alert = sent(place, **changes)
    with enter(place.schema_name):
        return actions.cancel(key=alert.pk, correction="L’eau est bonne.", author=user(place.administrator))


def fresh(place: Place, alert: Alert) -> Alert:
    with enter(place.schema_name):
        return Alert.objects.whole().get(pk=alert.pk)


def messages(place: Place) -> list[AlertMessage]:
    with enter(place.schema_name):
        return list(AlertMessage.objects.order_by("serial"))


def announced(place: Place) -> list[str]:
    """The titles that were told, in the order of the log."""
    with enter(place.schema_name):
        titles = dict(Announcement.objects.filter(topic="alerts").values_list("key", "title"))
        return [titles[message.pk] for message in AlertMessage.objects.order_by("serial")]
