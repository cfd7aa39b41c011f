"""Composing an alert: an event, its text, and the page that checks it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.drafts.actions import drop
from core.territory.maps import territory_map
from core.territory.queries import areas
from modules.alerts import actions
from modules.alerts.actions import EditedMeanwhile
from modules.alerts.forms import AlertForm, initial, is_event, prefilled
from modules.alerts.models import Alert, Event, MessageKind, template_of
from modules.alerts.views.office import looked_over
from modules.alerts.views.reaching import reach_as, reach_of_form


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    events = [(event.value, event.label, template_of(event).icon) for event in Event]
    return render(request, "alerts/choose.html", {"events": events})


@method_decorator(never_cache, name="dispatch")
class NewAlert(View):
    """The event's text, ready to be sent as it is."""

    def get(self, request: HttpRequest, event: str) -> HttpResponse:
        _known(event)
        return self._shown(request, AlertForm(initial=prefilled(event), event=event))

    def post(self, request: HttpRequest, event: str) -> HttpResponse:
        _known(event)
        form = AlertForm(request.POST, event=event)
        if not form.is_valid():
            return self._shown(request, form, 422)
        try:
            alert = actions.write(content=form.content, author=request.user, key=form.new_key)
        except EditedMeanwhile as error:
            messages.error(request, _("Cette alerte est déjà enregistrée, et dit autre chose : la voici."))
            return redirect(error.alert.get_office_url())
        except ValidationError as error:
            form.say(error)
            return self._shown(request, form, 422)
        user: Any = request.user
        drop(user, f"alerts-{event}", user.pk)
        return redirect(alert.get_office_url())

    def _shown(self, request: HttpRequest, form: AlertForm, status: int = 200) -> HttpResponse:
        user: Any = request.user
        context = {
            "form": form,
            "event": Event(form.event),
            "kind": f"alerts-{form.event}",
            "draft": user.pk,
            "map": territory_map(list(areas())),
            "reach": reach_of_form(form),
            "count": reverse("alerts-office:reach-new", args=[form.event]),
        }
        return render(request, "alerts/form.html", context, status=status)


@method_decorator(never_cache, name="dispatch")
class EditAlert(View):
    """What is not sent yet, to be checked again."""

    updates = False

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        alert = _found(key)
        if not self._fits(alert):
            return redirect(alert.get_office_url())
        return self._shown(request, AlertForm(initial=initial(alert), event=alert.event, alert=alert), alert)

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        alert = _found(key)
        if not self._fits(alert):
            messages.error(request, _("Cette alerte n’en est plus là : voici où elle en est. Rien n’a changé."))
            return redirect(alert.get_office_url())
        form = AlertForm(request.POST, event=alert.event, alert=alert)
        if not form.is_valid():
            return self._shown(request, form, alert, 422)
        if "back" in request.POST:
            return self._shown(request, form, alert)
        act = actions.update if self.updates else actions.revise
        try:
            if self.updates and "checked" not in request.POST:
                return _looked_over(request, form, alert)
            alert = act(key=key, version=form.version_read, content=form.content, author=request.user)
        except EditedMeanwhile as error:
            return self._overtaken(request, form, error.alert)
        except ValidationError as error:
            form.say(error)
            return self._shown(request, form, alert, 422)
        drop(request.user, "alerts", key)
        return redirect(alert.get_office_url())

    def _fits(self, alert: Alert) -> bool:
        return alert.is_in_force if self.updates else alert.is_unsent

    def _overtaken(self, request: HttpRequest, form: AlertForm, theirs: Alert) -> HttpResponse:
        """Somebody saved first: show theirs beside what was typed, ready to be sent again on top of it."""
        typed = request.POST.copy()
        typed["version"] = str(theirs.version)
        form.data = typed
        return self._shown(request, form, theirs, 409, theirs=theirs)

    def _shown(
        self, request: HttpRequest, form: AlertForm, alert: Alert, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {
            "form": form,
            "alert": alert,
            "event": Event(alert.event),
            "kind": "alerts",
            "draft": alert.pk,
            "updates": self.updates,
            "reach": reach_of_form(form),
            "count": reverse("alerts-office:reach", args=[alert.pk]),
            "map": territory_map(list(areas())),
            **more,
        }
        return render(request, "alerts/form.html", context, status=status)


class UpdateAlert(EditAlert):
    """What is in force, told again to the same people."""

    updates = True


def _looked_over(request: HttpRequest, form: AlertForm, alert: Alert) -> HttpResponse:
    """The last page before an update leaves; nothing of it is kept until then, its fields go on with the page. Raises
    EditedMeanwhile and ValidationError as sending it would."""
    content = form.content
    sketch = actions.sketched(alert, version=form.version_read, content=content)
    if sketch is None:
        messages.info(request, _("Rien n’a changé dans le texte : il n’y a rien à envoyer."))
        return redirect(alert.get_office_url())
    typed = [(name, value) for name, values in request.POST.lists() if name in form.fields for value in values]
    context = {
        **looked_over(sketch, MessageKind.UPDATE, content.areas),
        "reach": reach_as(sketch, content.areas, content.shape),
        "typed": typed,
        "updates": True,
    }
    return render(request, "alerts/check.html", context)


def _known(event: str) -> None:
    if not is_event(event):
        raise Http404("no such event")


def _found(key: UUID) -> Alert:
    found: Alert = get_object_or_404(Alert.objects.whole(), pk=key)
    return found
