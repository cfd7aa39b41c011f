"""What the mairie does with an alert: look it over, send it, lift it, cancel it."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.delivery.sms.segments import economical
from core.security.trusting import by_trust
from core.territory.maps import map_of
from core.territory.models import Area
from modules.alerts import actions
from modules.alerts.actions.wording import sms_of, worded
from modules.alerts.forms import CancelForm, LiftForm
from modules.alerts.models import Alert, MessageKind
from modules.alerts.models.alerts import places
from modules.alerts.queries.boards import office_board
from modules.alerts.queries.rules import needs_another
from modules.alerts.views.reaching import reach_of

AlertView = Callable[[HttpRequest, Alert], HttpResponse]


def alert_view(view: AlertView) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A view of one alert: shown, and acted on by its form."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def found(request: HttpRequest, key: UUID) -> HttpResponse:
        try:
            return view(request, Alert.objects.whole().get(pk=key))
        except Alert.DoesNotExist as error:
            raise Http404(str(error)) from error

    return found


def may_send(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm("alerts.send"))


def looked_over(alert: Alert, kind: MessageKind, areas: Sequence[Area]) -> dict[str, Any]:
    """What a page shows before it is sent: what people will receive, and where it holds, in words and on a map."""
    title, text = worded(alert, kind)
    sms = sms_of(alert, kind)
    return {
        "alert": alert,
        "title": title,
        "text": text,
        "sms": economical(sms.text) if sms else "",
        "places": places(areas, alert.drawn),
        "map": map_of(areas, alert.shape),
    }


@never_cache
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    board = office_board(request.GET.get("page"))
    user: Any = request.user
    more = {"trusted": by_trust(request), "may_rule": user.has_perm("space.settings")}
    return render(request, "alerts/office_list.html", {"board": board, "page": board.past, **more})


@alert_view
def check(request: HttpRequest, alert: Alert) -> HttpResponse:
    """The last page before sending: what people will receive, and how many they are."""
    if not alert.is_unsent:
        return redirect("alerts-office:report", key=alert.pk)
    able = may_send(request)
    another = able and needs_another(alert, request.user)
    context = {
        **looked_over(alert, MessageKind.SENT, list(alert.areas.all())),
        "reach": reach_of(alert),
        "may_send": able and not another,
        "another": another,
    }
    return render(request, "alerts/check.html", context)


@alert_view
def send(request: HttpRequest, alert: Alert) -> HttpResponse:
    if request.method != "POST":
        return redirect("alerts-office:check", key=alert.pk)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    try:
        actions.send(key=alert.pk, version=version, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("alerts-office:edit" if hasattr(error, "error_dict") else "alerts-office:check", key=alert.pk)
    return redirect("alerts-office:report", key=alert.pk)


@alert_view
def ask_validation(request: HttpRequest, alert: Alert) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.ask_validation(key=alert.pk, author=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("C’est transmis : une personne qui peut envoyer la relira. Rien n’est envoyé."))
    return redirect("alerts-office:check", key=alert.pk)


@alert_view
def delete(request: HttpRequest, alert: Alert) -> HttpResponse:
    if request.method != "POST":
        if not alert.is_unsent:
            return redirect("alerts-office:report", key=alert.pk)
        return render(request, "alerts/delete.html", {"alert": alert})
    try:
        actions.delete_draft(key=alert.pk, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("alerts-office:report", key=alert.pk)
    messages.success(request, _("Le brouillon est supprimé. Rien n’a été envoyé."))
    return redirect("alerts-office:list")


@alert_view
def lift(request: HttpRequest, alert: Alert) -> HttpResponse:
    form = LiftForm(request.POST if request.method == "POST" else None)
    return _ended(request, alert, form, "lift", lambda data: actions.lift(
        key=alert.pk, words=data["words"], author=request.user
    ))  # fmt: skip


@alert_view
def cancel(request: HttpRequest, alert: Alert) -> HttpResponse:
    form = CancelForm(request.POST if request.method == "POST" else None)
    return _ended(request, alert, form, "cancel", lambda data: actions.cancel(
        key=alert.pk, correction=data["correction"], author=request.user
    ))  # fmt: skip


def _ended(
    request: HttpRequest, alert: Alert, form: Any, act: str, end: Callable[[dict[str, Any]], Alert]
) -> HttpResponse:
    """Ask once, end it, and say why it cannot be."""
    kind = MessageKind.LIFT if act == "lift" else MessageKind.CANCEL
    if request.method != "POST":
        if not alert.is_in_force:
            return redirect(alert.get_office_url())
        return render(
            request, "alerts/end.html", {"alert": alert, "form": form, "act": act, "reach": reach_of(alert, kind)}
        )
    if form.is_valid():
        try:
            end(form.cleaned_data)
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                messages.error(request, " ".join(error.messages))
                return redirect(alert.get_office_url())
            for name, errors in error.error_dict.items():
                form.add_error(name, errors)
        else:
            return redirect("alerts-office:report", key=alert.pk)
    context = {"alert": alert, "form": form, "act": act, "reach": reach_of(alert, kind)}
    return render(request, "alerts/end.html", context, status=422)
