"""How many people it takes to alert."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from modules.alerts import actions
from modules.alerts.forms import RulesForm
from modules.alerts.queries.rules import ENOUGH, rules, validators


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    kept, able = rules(), validators()
    form = RulesForm(request.POST if request.method == "POST" else None, initial={"two_people": kept.two_people})
    if form.is_valid():
        try:
            actions.rule(two_people=form.cleaned_data["two_people"], author=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("alerts-office:rules")
    context = {"form": form, "last": kept, "able": able, "offered": able >= ENOUGH or kept.two_people}
    return render(request, "alerts/rules.html", context, status=422 if form.errors else 200)
