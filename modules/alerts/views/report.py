"""What became of an alert: who decided, when, whom it reached; and the log as a file."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.delivery.models import Announcement
from core.delivery.progress import progress
from core.readership import readings
from core.web.spreadsheet import download, table
from modules.alerts.models import Alert, AlertMessage
from modules.alerts.queries.reports import Reached, Told, told
from modules.alerts.queries.told import TOPIC
from modules.alerts.views.office import may_send

_HEAD = ("Rang", "Alerte", "Numéro", "Message", "Date", "Décidé par", "Titre", "Texte", "Notifications", "SMS",
         "E-mails", "Détail des notifications", "Détail des SMS", "Détail des e-mails", "Sceau de l’auteur",
         "Empreinte d’avant", "Empreinte")  # fmt: skip
_AT_ONCE = 500


@never_cache
@require_safe
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    alert = get_object_or_404(Alert.objects.whole(), pk=key)
    if alert.is_unsent:
        return redirect("alerts-office:check", key=alert.pk)
    tellings = told(_told(alert))
    context = {
        "alert": alert,
        "tellings": [(each, _live(each) if each is tellings[-1] else None) for each in tellings],
        "read": readings("alerts", [alert.pk])[alert.pk].total,
        "may_send": may_send(request),
    }
    return render(request, "alerts/report.html", context)


@never_cache
@require_safe
def progress_part(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """How far the telling of one message has come: a part of the report, which asks for it again while it runs."""
    message = get_object_or_404(AlertMessage.objects.told(), alert=key, number=number)
    announcement = get_object_or_404(Announcement, topic=TOPIC, key=message.pk)
    return render(request, "delivery/_progress.html", _running(message, announcement))


def _running(message: AlertMessage, announcement: Announcement) -> dict[str, Any]:
    url = reverse("alerts-office:progress", args=[message.alert_id, message.number])
    return {"progress": progress(announcement), "refresh_url": url}


@never_cache
@require_safe
def log_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Each message with its prints, and what became of it."""
    alert = get_object_or_404(Alert, pk=key)
    return download(f"alerte-{alert.pk}.csv", table(_HEAD, _rows(list(_full(alert.messages)))))


@never_cache
@require_safe
def register_file(request: HttpRequest) -> HttpResponse:
    """The whole log of the commune, in its order."""
    messages = list(_full(AlertMessage.objects))
    rows = [row for first in range(0, len(messages), _AT_ONCE) for row in _rows(messages[first : first + _AT_ONCE])]
    return download("registre-des-alertes.csv", table(_HEAD, rows))


def _told(alert: Alert) -> Any:
    return alert.messages.told().select_related("author").order_by("number")


def _live(each: Told) -> dict[str, Any] | None:
    """How it goes, until what became of it is final. What was told before is over: the last message called it off."""
    return None if each.outcomes or each.announcement is None else _running(each.message, each.announcement)


def _full(messages: Any) -> Any:
    return messages.select_related("author", "alert").order_by("serial")


def _rows(messages: list[AlertMessage]) -> Iterable[list[str]]:
    became = {each.message.pk: each for each in told(each for each in messages if not each.is_report)}
    return [_row(message, became.get(message.pk)) for message in messages]


def _row(message: AlertMessage, became: Told | None) -> list[str]:
    channels: tuple[Reached, ...] = became.channels if became else ()
    return [
        str(message.serial),
        message.alert.headline,
        str(message.number),
        message.get_kind_display(),
        timezone.localtime(message.at).isoformat(timespec="seconds"),
        message.author.display_name if message.author else "",
        message.title,
        message.text,
        *([str(each.told) for each in channels] or [""] * 3),
        *([", ".join(f"{state} {count}" for state, count in each.states) for each in channels] or [""] * 3),
        message.seal,
        message.previous,
        message.digest,
    ]
