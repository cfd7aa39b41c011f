"""An alert in force, with all that goes with it."""

from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from core.accounts.models import User
from core.tenancy.keys import uuid7
from core.territory.models import Area
from modules.alerts.models import FIRST, Alert, AlertArea, AlertMessage, AlertRules, Outcomes, Vigilance, seal_of
from modules.alerts.models.outcomes import packed
from tests.planting import Mark, Plot, factory

SAMPLES = {
    ("alerts", "key"): Alert,
    ("alerts", "pk"): Alert,
    ("alerts", "event"): "storm",
    ("alerts", "number"): 1,
}
ARGUMENTS = {"alerts.warn": {"told": "[]"}}


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


@factory(Outcomes, marked=False)
def outcomes(plot: Plot, mark: Mark) -> Outcomes:
    told = plot[AlertMessage]
    text = b"Canal;Ligne"
    report = AlertMessage(
        pk=uuid7(),
        alert=told.alert,
        serial=2,
        number=2,
        kind=AlertMessage.Kind.REPORT,
        at=timezone.now(),
        title="Bilan",
        text="Bilan",
        content={"of": 1, "outcomes": sha256(text).hexdigest()},
        previous=told.digest,
    )
    report.digest = report.computed()
    report.save(force_insert=True)
    return Outcomes.objects.create(message=told, report=report, made_at=timezone.now(), packed=packed(text))


@factory(Vigilance, marked=False)
def vigilance(plot: Plot, mark: Mark) -> Vigilance:
    now = timezone.now()
    end = now + timedelta(hours=6)
    return Vigilance.objects.create(
        phenomenon=1, colour=3, begins_at=now, ends_at=end, bulletin_at=now, alert=plot[Alert]
    )
