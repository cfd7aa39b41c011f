"""Mandates: which wait, one of them beside the directory, and the three things to do about it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from console import actions
from console.comparison import compare, domain_of, elsewhere_at, of_the_address, of_the_commune
from console.forms import QuestionForm, RefusalForm
from console.holdings import held_in
from console.queries import age, is_late, mandate_counts
from console.queries import mandates as found_mandates
from console.rows import MandateRow
from core.accounts.models import User
from core.web.french import day_and_time, of_commune, typographic
from tenants.directory.departements import departement_named
from tenants.hosts import space_url
from tenants.lifecycle import NotNow
from tenants.models import Mandate, MandateMessage

PER_PAGE = 25
DECISIONS = {
    "": gettext_lazy("En attente"),
    Mandate.Decision.ACCEPTED.value: gettext_lazy("Acceptés"),
    Mandate.Decision.REFUSED.value: gettext_lazy("Refusés"),
}


@never_cache
def mandates(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; those decided, by filter."""
    decision = request.GET.get("etat", "")
    decision = decision if decision in DECISIONS else ""
    counts = mandate_counts()
    page = Paginator(found_mandates(decision), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "decision": decision,
        "filters": [
            {"label": label, "count": counts[key], "current": key == decision, "url": f"?etat={key}" if key else "?"}
            for key, label in DECISIONS.items()
        ],
        "page": page,
        "rows": [MandateRow.of(each) for each in page],
        "query": f"etat={decision}&",
    }
    return render(request, "console/mandates.html", context)


@never_cache
def mandate(request: HttpRequest, key: UUID) -> HttpResponse:
    return _mandate_page(request, _found(key))


def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    found = _found(key)
    if request.method == "POST":
        try:
            actions.accept(key=key, author=cast(User, request.user))
        except actions.AlreadyDecided as error:
            _say_decided(request, error.mandate)
        except NotNow:
            messages.error(request, _("Rien n’a été fait : l’espace n’attend plus son mandat."))
        else:
            done = _("Le mandat est accepté. L’espace %(of_commune)s est ouvert au public.")
            messages.success(request, done % {"of_commune": of_commune(found.signup.commune.name)})
    return redirect("console:mandate", key)


def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    found = _found(key)
    if request.method != "POST":
        return redirect("console:mandate", key)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _mandate_page(request, found, question=form, status=422)
    try:
        actions.ask(key=key, text=form.cleaned_data["text"], author=cast(User, request.user))
    except actions.AlreadyDecided as error:
        _say_decided(request, error.mandate)
    else:
        messages.success(request, _("Votre question est envoyée à la mairie."))
    return redirect("console:mandate", key)


def refuse(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks to confirm first, with what would be erased; asks again when that changed meanwhile."""
    found = _found(key)
    if request.method != "POST":
        return redirect("console:mandate", key)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _mandate_page(request, found, refusal=form, status=422)
    reason, space = form.cleaned_data["reason"], found.signup.space
    if space is not None and not found.decision:
        holdings = held_in(space)
        if request.POST.get("confirme") != "1" or request.POST.get("vu") != holdings.sentence:
            context = {
                "title": typographic(str(found.signup.commune)),
                "mandate": found,
                "reason": reason,
                "holdings": holdings,
                "again": "vu" in request.POST,
            }
            return render(request, "console/refusal.html", context)
    try:
        actions.refuse(key=key, reason=reason, author=cast(User, request.user))
    except actions.AlreadyDecided as error:
        _say_decided(request, error.mandate)
    else:
        messages.success(request, _("Le mandat est refusé, l’espace est effacé. La personne en reçoit la raison."))
    return redirect("console:mandate", key)


def _found(key: UUID) -> Mandate:
    rows = Mandate.objects.select_related("signup__commune", "signup__space__commune")
    return get_object_or_404(rows, pk=key)


def _say_decided(request: HttpRequest, decided: Mandate) -> None:
    """Tell who came second what the first one did."""
    if not decided.decision or decided.decided_at is None:
        messages.error(request, _("Rien n’a été fait : cet espace n’existe plus."))
        return
    text = _("Rien n’a été fait : ce mandat est déjà %(decision)s, par %(author)s, le %(date)s.")
    moment = day_and_time(decided.decided_at)
    values = {"decision": decided.get_decision_display(), "author": decided.decided_by, "date": moment}
    messages.error(request, text % values)


def _mandate_page(
    request: HttpRequest,
    found: Mandate,
    *,
    refusal: RefusalForm | None = None,
    question: QuestionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    signup = found.signup
    thread = list(found.messages.all())
    context: dict[str, Any] = {
        "title": typographic(str(signup.commune)),
        "mandate": found,
        "signup": signup,
        "commune": signup.commune,
        "departement": departement_named(signup.commune.departement),
        "age": age(found.asked_at),
        "late": is_late(found.asked_at),
        "lines": compare(found),
        "same_commune": of_the_commune(signup),
        "same_address": of_the_address(signup),
        "domain": domain_of(signup.email),
        "same_domain": elsewhere_at(signup),
        "thread": thread,
        "answered": bool(thread) and thread[-1].side == MandateMessage.Side.MAIRIE,
        "refusal": refusal or RefusalForm(),
        "question": question or QuestionForm(),
    }
    if signup.space is not None:
        context |= {"holdings": held_in(signup.space), "url": space_url(signup.space, "/")}
    return render(request, "console/mandate.html", context, status=status)
