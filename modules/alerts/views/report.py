"""What became of an alert: who decided, when, whom it reached; and its part of the log as a file."""

import csv
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.readership import readings
from modules.alerts.models import Alert
from modules.alerts.queries.told import Told, told
from modules.alerts.views.office import may_send

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD = ("Rang", "Numéro", "Message", "Date", "Décidé par", "Titre", "Texte", "Notifications", "E-mails",
         "Détail des notifications", "Détail des e-mails", "Sceau de l’auteur", "Empreinte d’avant",
         "Empreinte")  # fmt: skip


@never_cache
@require_safe
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    alert = get_object_or_404(Alert.objects.whole(), pk=key)
    if alert.is_unsent:
        return redirect("alerts-office:check", key=alert.pk)
    context = {
        "alert": alert,
        "tellings": _tellings(alert),
        "read": readings("alerts", [alert.pk])[alert.pk].total,
        "may_send": may_send(request),
    }
    return render(request, "alerts/report.html", context)


@never_cache
@require_safe
def log_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Each message with its prints, and what became of it; a spreadsheet opens it as it is."""
    alert = get_object_or_404(Alert, pk=key)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="alerte-{alert.pk}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow(_HEAD)
    for each in _tellings(alert):
        writer.writerow([_plain(cell) for cell in _row(each)])
    return response


def _tellings(alert: Alert) -> list[Told]:
    return told(alert.messages.select_related("author").order_by("number"))


def _row(each: Told) -> list[str]:
    message = each.message
    detail = [", ".join(f"{state} {count}" for state, count in states) for states in (each.pushes, each.emails)]
    who = message.author.display_name if message.author else ""
    return [
        str(message.serial),
        str(message.number),
        message.get_kind_display(),
        timezone.localtime(message.at).isoformat(timespec="seconds"),
        who,
        message.title,
        message.text,
        str(each.push),
        str(each.email),
        *detail,
        message.seal,
        message.previous,
        message.digest,
    ]


def _plain(text: str) -> str:
    """What a spreadsheet would compute is shown instead."""
    return f"'{text}" if text.startswith(_FORMULA) else text
