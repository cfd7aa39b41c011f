"""Whom the alert on the page would reach, counted while it is written."""

from collections.abc import Collection, Mapping
from copy import copy
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.territory.models import Area
from core.territory.shapes import Shape
from modules.alerts.actions.wording import sms_of
from modules.alerts.forms import AlertForm, is_event
from modules.alerts.models import Alert, MessageKind, template_of
from modules.alerts.queries.reach import Reach, reach, scope

_WORDS = ("severity", "headline", "instruction", "ends_at", "drill", "sms")


@never_cache
@require_POST
def of_new(request: HttpRequest, event: str) -> HttpResponse:
    if not is_event(event):
        raise Http404("no such event")
    return _counted(request, AlertForm(request.POST, event=event))


@never_cache
@require_POST
def of_written(request: HttpRequest, key: UUID) -> HttpResponse:
    alert = get_object_or_404(Alert.objects.whole(), pk=key)
    return _counted(request, AlertForm(request.POST, event=alert.event, alert=alert))


def _counted(request: HttpRequest, form: AlertForm) -> HttpResponse:
    form.is_valid()  # what is right in it is counted, what is not is said when it is sent
    return render(request, "alerts/_reach.html", {"reach": reach_of_form(form)})


def reach_of_form(form: AlertForm) -> Reach:
    """As far as it is filled; what is not filled yet is as it was."""
    if form.alert and not form.is_bound:
        return reach_of(form.alert, MessageKind.SENT if form.alert.is_unsent else MessageKind.UPDATE)
    said: Mapping[str, Any] = form.cleaned_data if form.is_bound else form.initial
    sketch = copy(form.alert) if form.alert else _as_its_template(form.event)
    for name in _WORDS:
        if said.get(name) not in (None, ""):
            setattr(sketch, name, said[name])
    sketch.ends_at = sketch.ends_at or timezone.now() + timedelta(hours=6)
    return reach_as(sketch, list(said.get("areas", ())), form.shape)


def _as_its_template(event: str) -> Alert:
    template = template_of(event)
    words = {"severity": template.severity, "headline": template.headline, "instruction": template.instruction}
    return Alert(event=event, **words)


def reach_as(sketch: Alert, areas: Collection[Area], shape: Shape | None) -> Reach:
    """Whom an alert would reach that is kept so."""
    unsent = sketch.is_unsent
    before = [] if unsent else list(sketch.messages.all())
    kind = MessageKind.SENT if unsent else MessageKind.UPDATE
    return reach(scope(areas, shape, before), sms_of(sketch, kind))


def reach_of(alert: Alert, kind: MessageKind = MessageKind.SENT) -> Reach:
    """Whom this message of an alert as it is kept would reach."""
    before = [] if alert.is_unsent else list(alert.messages.all())
    return reach(scope(list(alert.areas.all()), alert.shape, before), sms_of(alert, kind, before=before))
