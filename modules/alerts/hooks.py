"""What the alerts add to shared pages. Models are imported by each hook: settings read this file before they exist."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.catalogue import (
    Banner,
    DigestEntry,
    Erased,
    Holding,
    HomeSection,
    PersonalRecord,
    SearchResult,
    Task,
    Viewer,
)
from core.web.french import until

if TYPE_CHECKING:
    from modules.alerts.models import Alert, Vigilance
    from tenants.sites import Site

MOST_TASKS = 5
MOST_FOUND = 20
SINCE = timedelta(hours=24)


def banner(site: "Site") -> Iterable[Banner]:
    from modules.alerts.queries.in_force import in_force

    for each in in_force(site):
        yield each.banner()


def home(viewer: Viewer) -> Iterable[HomeSection]:
    """What was lifted or cancelled since yesterday: who saw the banner comes back to know."""
    from modules.alerts.models import Alert, AlertState

    ended = (AlertState.LIFTED, AlertState.CANCELLED)
    over = list(Alert.objects.filter(state__in=ended, over_at__gt=timezone.now() - SINCE).order_by("-over_at")[:3])
    if over:
        yield HomeSection("alerts/home.html", {"over": over}, order=10)


def tasks(viewer: Viewer) -> Iterable[Task]:
    from modules.alerts.models import LIVE, UNSENT, Alert

    if not viewer.has_perm("alerts.write"):
        return
    may_send = viewer.has_perm("alerts.send")
    rows = Alert.objects.filter(state__in=[*LIVE, *UNSENT]).order_by("-state", "-updated_at")
    rows = rows.prefetch_related("vigilances")
    for alert in rows[: 2 * MOST_TASKS]:
        if alert.is_in_force:
            yield _live_task(alert)
        elif alert.is_unsent:
            yield _unsent_task(alert, may_send)


def _live_task(alert: "Alert") -> Task:
    return Task(
        title=alert.title,
        detail=_("Alerte · en cours %(until)s") % {"until": until(alert.ends_at)},
        url=reverse("alerts-office:report", args=[alert.pk]),
        action=_("Suivre"),
        label=_("En cours"),
        tone="danger",
        urgency=1,
    )


def _unsent_task(alert: "Alert", may_send: bool) -> Task:
    waits = alert.is_to_validate and may_send
    for warned in alert.vigilances.all():
        return _warned_task(alert, warned)
    return Task(
        title=alert.title,
        detail=_("Alerte · attend votre accord, rien n’est envoyé") if waits else _("Alerte · rien n’est envoyé"),
        url=reverse("alerts-office:check", args=[alert.pk]),
        action=_("Relire"),
        label=alert.stage,
        tone="warn" if alert.is_to_validate else "",
        urgency=5 if waits else 50,
    )


def _warned_task(alert: "Alert", warned: "Vigilance") -> Task:
    """A weather warning that nobody answered yet."""
    return Task(
        title=alert.title,
        detail=_("Météo-France annonce une %(warning)s. Rien n’est envoyé.") % {"warning": warned.label},
        url=reverse("alerts-office:check", args=[alert.pk]),
        action=_("Relire"),
        label=alert.stage,
        tone="danger" if warned.is_red else "warn",
        urgency=3,
    )


def search(words: str, viewer: Viewer) -> Iterable[SearchResult]:
    from modules.alerts.models import Alert

    for alert in Alert.objects.for_viewer(viewer).matching(words)[:MOST_FOUND]:
        yield SearchResult(
            kind=_("Alerte"),
            icon="bell",
            title=alert.title,
            excerpt=alert.instruction,
            url=alert.get_office_url() if alert.is_unsent else alert.get_absolute_url(),
            rank=1.0 if alert.is_in_force else 0.05,
            when=alert.sent_at or alert.updated_at,
        )


def digest(since: datetime, until: datetime) -> Iterable[DigestEntry]:
    from modules.alerts.models import Alert

    for alert in Alert.objects.public().filter(sent_at__gt=since, sent_at__lte=until).order_by("-sent_at"):
        assert alert.sent_at
        text = _("%(state)s. %(instruction)s") % {"state": alert.stage, "instruction": alert.instruction}
        yield DigestEntry(alert.title, text, alert.get_absolute_url(), alert.sent_at, "alerts")


def personal_data(user: Any) -> Iterable[PersonalRecord]:
    from modules.alerts.models import Alert, AlertMessage, AlertRules

    for alert in Alert.objects.filter(author=user).order_by("created_at"):
        content = {
            "titre": alert.title,
            "consigne": alert.instruction,
            "précisions": alert.description,
            "état": alert.get_state_display(),
        }
        yield PersonalRecord(_("Alerte préparée"), alert.created_at, content)
    for message in AlertMessage.objects.filter(author=user).order_by("at"):
        kind = _("Alerte : %(kind)s") % {"kind": message.get_kind_display()}
        yield PersonalRecord(kind, message.at, {"titre": message.title, "texte": message.text})
    for reread in Alert.objects.filter(writer=user).exclude(author=user).order_by("updated_at"):
        yield PersonalRecord(_("Alerte modifiée"), reread.updated_at, {"titre": reread.title})
    for ruled in AlertRules.objects.filter(author=user).order_by("at"):
        yield PersonalRecord(_("Réglage des alertes"), ruled.at, {"relire à deux": ruled.two_people})


def holdings() -> Iterable[Holding]:
    from modules.alerts.models import Alert

    yield Holding(Alert.objects.count(), _("alerte"), _("alertes"))


def erase(user: Any) -> None:
    """What was told stays, and its log still holds; that this person told it does not."""
    from modules.alerts.models import Alert, AlertMessage, AlertRules

    for model in (Alert, AlertMessage):
        model._default_manager.filter(author=user).update(author=None)
    Alert.objects.filter(writer=user).update(writer=None)
    AlertRules.objects.filter(author=user).update(author=None)


def retention(before: datetime) -> Iterable[Erased]:
    """Alerts stay; who wrote or decided one is forgotten so long after they did."""
    from core.privacy.retention import some
    from modules.alerts.models import Alert, AlertMessage, AlertRules

    for model, moment, who, what in (
        (Alert, "created_at", "author", _("auteurs d’alertes")),
        (Alert, "updated_at", "writer", _("relecteurs d’alertes")),
        (AlertMessage, "at", "author", _("auteurs de messages d’alerte")),
        (AlertRules, "at", "author", _("auteurs de réglages d’alerte")),
    ):
        old = model._default_manager.filter(**{f"{who}__isnull": False, f"{moment}__lte": before})
        yield Erased(what, some(old).update(**{who: None}))
