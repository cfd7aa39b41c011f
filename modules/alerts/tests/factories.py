"""An alert in force, with all that goes with it."""

from datetime import timedelta

from django.utils import timezone

from core.accounts.models import User
from core.tenancy.keys import uuid7
from core.territory.models import Area
from modules.alerts.models import FIRST, Alert, AlertArea, AlertMessage, AlertRules, seal_of
from tests.planting import Mark, Plot, factory

SAMPLES = {
    ("alerts", "key"): Alert,
    ("alerts", "pk"): Alert,
    ("alerts", "event"): "storm",
    ("alerts", "number"): 1,
}


@factory(Alert)
def alert(plot: Plot, mark: Mark) -> Alert:
    now = timezone.now()
    return Alert.objects.create(
        event="storm",
        severity="severe",
        urgency="Expected",
        certainty="Likely",
        headline=mark.text,
        instruction=mark.text,
        description=mark.text,
        ends_at=now + timedelta(hours=6),
        state=Alert.State.SENT,
        sent_at=now,
        author=plot[User],
        writer=plot[User],
    )


@factory(AlertArea, marked=False)
def alert_area(plot: Plot, mark: Mark) -> AlertArea:
    return AlertArea.objects.create(alert=plot[Alert], area=plot[Area])


@factory(AlertRules, marked=False)
def alert_rules(plot: Plot, mark: Mark) -> AlertRules:
    return AlertRules.objects.create(two_people=False, author=plot[User])


@factory(AlertMessage)
def message(plot: Plot, mark: Mark) -> AlertMessage:
    about = plot[Alert]
    content = {
        **{name: getattr(about, name) for name in ("event", "severity", "urgency", "certainty", "headline")},
        "instruction": mark.text,
        "description": mark.text,
        "areas": [{"id": str(plot[Area].pk), "name": mark.text}],
        "starts_at": "",
        "ends_at": about.ends_at.isoformat(),
        "drill": False,
        "words": "",
    }
    told = AlertMessage(
        pk=uuid7(),
        alert=about,
        serial=1,
        number=1,
        kind=AlertMessage.Kind.SENT,
        at=timezone.now(),
        author=plot[User],
        title=mark.text,
        text=mark.text,
        content=content,
        previous=FIRST,
    )
    told.seal = seal_of(told.pk, plot[User].pk)
    told.digest = told.computed()
    told.save(force_insert=True)
    return told
