"""Alerts of the demo's communes: one that was lifted, and one in force where the file says so."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core.accounts.models import User
from deploy.demo.clock import at
from deploy.demo.texts import FOLDER, NOTE, Place
from modules.alerts import actions
from modules.alerts.actions import Content
from modules.alerts.models import Alert


def tell(place: Place, author: User, now: datetime) -> None:
    """`days` and `hours` count from its sending, `lifted` the hours until it was lifted."""
    said: dict[str, Any] = tomllib.loads((FOLDER / "alerts" / f"{place.slug}.toml").read_text(encoding="utf-8"))
    for each in said["alerts"]:
        alert = _sent(each, author, now - timedelta(days=each["days"]))
        assert alert.sent_at
        if "lifted" in each:
            with at(alert.sent_at + timedelta(hours=each["lifted"])):
                actions.lift(key=alert.pk, words=each["words"], author=author)


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
