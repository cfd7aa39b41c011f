"""Alerts of the demo's communes: one that was lifted, and one in force where the file says so, and a draft
opened from a weather warning."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from core.accounts.models import User
from core.delivery.models import DeliveryState, OutgoingEmail, OutgoingSms
from core.tenancy.here import current
from core.tenancy.registry import registry
from deploy.demo.clock import at
from deploy.demo.texts import FOLDER, NOTE, Place
from modules.alerts import actions
from modules.alerts.actions import Content
from modules.alerts.models import SETTLED, Alert
from modules.alerts.queries.told import TOPIC
from modules.alerts.queries.vigilance import warnings_of


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
        if (closed := alert.sent_at + 2 * SETTLED) < now:
            with at(closed):
                actions.seal_due()
    with at(now - timedelta(minutes=20)):
        for warned in warnings_of(map_of(said.get("vigilance", ()), now)):
            actions.open_draft(warned)


def map_of(told: Sequence[Mapping[str, Any]], now: datetime) -> bytes:
    """The map of vigilance as Météo-France would tell it; hours count from now."""
    items = [
        {
            "phenomenon_id": str(each["phenomenon"]),
            "phenomenon_max_color_id": each["colour"],
            "timelaps_items": [
                {
                    "begin_time": (now + timedelta(hours=each["begins"])).isoformat(),
                    "end_time": (now + timedelta(hours=each["ends"])).isoformat(),
                    "color_id": each["colour"],
                }
            ],
        }
        for each in told
    ]
    domains = {
        "domain_ids": [{"domain_id": registry().locality(current().schema_name).departement, "phenomenon_items": items}]
    }
    return json.dumps({"product": {"update_time": now.isoformat(), "periods": [{"timelaps": domains}]}}).encode()


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
        sms=each.get("sms", False),
    )
    with at(then - timedelta(minutes=4)):
        draft = actions.write(content=content, author=author)
    with at(then):
        return actions.send(key=draft.pk, version=draft.version, author=author)
