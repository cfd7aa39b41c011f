"""How often the mairie lets itself disturb people."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.accounts.models import User
from core.delivery.audience import daily_cap
from core.delivery.forms import RulesForm
from core.delivery.mail.suppressing import suppressed
from core.delivery.models import Rules
from core.delivery.ruling import rule
from core.web.meanwhile import ChangedMeanwhile, differences, digest, read_of


@never_cache
def rules(request: HttpRequest) -> HttpResponse:
    kept = {"daily_cap": daily_cap()}
    form = RulesForm(request.POST or None, initial=kept)
    context: dict[str, Any] = {"theirs": None, "keep": reverse("delivery:rules"), "status": 200}
    context["read"] = read_of(request) if request.method == "POST" else digest(kept)
    if form.is_valid():
        try:
            rule(daily_cap=form.cleaned_data["daily_cap"], author=cast(User, request.user), read=read_of(request))
        except ChangedMeanwhile as error:
            context |= {"theirs": list(differences(form, error.found)), "read": digest(error.found), "status": 409}
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("delivery:rules")
    status = 422 if form.errors else context.pop("status")
    context |= {"form": form, "last": Rules.objects.order_by("-at", "-pk").first(), "refusals": suppressed()}
    return render(request, "delivery/rules.html", context, status=status)
