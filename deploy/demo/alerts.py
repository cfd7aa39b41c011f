"""Alerts of the demo's communes: one that was lifted, and one in force where the file says so."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core.accounts.models import User
from core.delivery.models import DeliveryState, OutgoingEmail, OutgoingSms
from deploy.demo.clock import at
from deploy.demo.texts import FOLDER, NOTE, Place
from modules.alerts import actions
from modules.alerts.actions import Content
from modules.alerts.models import Alert
from modules.alerts.queries.told import TOPIC


def tell(place: Place, author: User, now: datetime) -> None:
    """`days` and `hours` count from its sending, `lifted` the hours until it was lifted."""
    said: dict[str, Any] = tomllib.loads((FOLDER / "alerts" / f"{place.slug}.toml").read_text(encoding="utf-8"))
    for each in said["alerts"]:
        alert = _sent(each, author, now - timedelta(days=each["days"]))
        assert alert.sent_at
        _mailed(alert.sent_at)
        if "lifted" in each:
            over = alert.sent_at + timedelta(hours=each["lifted"])
            with at(over):
                actions.lift(key=alert.pk, words=each["words"], author=author)
            _mailed(over)


def _mailed(then: datetime) -> None:
    """What was told in the past left then, and fills no mailbox now."""
    OutgoingSms.objects.filter(announcement__topic=TOPIC, done_at=None).update(
        state=DeliveryState.DELIVERED, done_at=then + timedelta(seconds=7)
    )
    told = OutgoingEmail.objects.filter(announcement__topic=TOPIC, done_at=None)
    told.update(state=DeliveryState.ACCEPTED, done_at=then + timedelta(seconds=4))


def _sent(each: Mapping[str, Any], author: User, then: datetime) -> Alert:
    same = ("event", "severity", "headline", "instruction")
    content = Content(
        **{name: each[name] for name in same},
        description=f"{each['description']}\n\n{NOTE}",
        ends_at=then + timedelta(hours=each["hours"]),
    )
    with at(then - timedelta(minutes=4)):
        draft = actions.write(content=content, author=author)
    with at(then):
        return actions.send(key=draft.pk, version=draft.version, author=author)
