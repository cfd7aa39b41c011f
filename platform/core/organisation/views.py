"""The mairie describes its departments and says which days are different."""

from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.accounts.models import User
from core.organisation import actions
from core.organisation.actions import LegalWords
from core.organisation.forms import (
    DelegationForm,
    DepartmentForm,
    NoticeForm,
    OtherSlots,
    PeriodForm,
    WeekForm,
    initial_others,
    initial_week,
)
from core.organisation.models import Delegation, Department, LegalNotice, SpecialPeriod, Weeks
from core.organisation.queries import local_now, locality, next_holidays, openings, upcoming_periods
from core.web.meanwhile import ChangedMeanwhile, differences, digest, key_of, read_of


@never_cache
def departments(request: HttpRequest) -> HttpResponse:
    return render(request, "organisation/departments.html", {"openings": openings(timezone.now())})


@never_cache
def edit(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    found = _open(pk) if pk else None
    posted = request.POST if request.method == "POST" else None
    initial = {name: getattr(found, name) for name in DepartmentForm.base_fields} if found else {}
    form = DepartmentForm(posted, initial=initial)
    week = WeekForm(posted, initial=initial_week(found) if found else {}, prefix="semaine")
    others = OtherSlots(posted, initial=initial_others(found) if found else [], prefix="autres")
    status, theirs = 200, None
    read = read_of(request) if posted is not None else digest(actions.state(found)) if found else ""
    if posted is not None:
        status = 422
        if all((form.is_valid(), week.is_valid(), others.is_valid())):
            try:
                _describe(request, found, form, week, others)
            except ValidationError as error:
                form.add_error(None, error)
            except ChangedMeanwhile as error:
                found, status = error.found, 409
                theirs, read = _differences(found, form, week, others), digest(actions.state(found))
            else:
                messages.success(request, _("Le service est enregistré."))
                return redirect("organisation:departments")
    context = {"department": found, "form": form, "week": week, "others": others, "forms": [form, week, *others.forms]}
    context |= {"read": read, "key": key_of(request), "theirs": theirs}
    if found:
        context["keep"] = reverse("organisation:edit", args=[found.pk])
        held = found.delegations.filter(ended_at__isnull=True).select_related("user")
        context |= {"delegations": held, "delegation_form": DelegationForm()}
    return render(request, "organisation/department.html", context, status=status)


def _describe(
    request: HttpRequest, found: Department | None, form: DepartmentForm, week: WeekForm, others: Any
) -> None:
    actions.describe(
        found,
        description=form.description,
        hours=[*week.hours, *(each.hours for each in others.forms if each.hours)],
        author=_author(request),
        key=key_of(request),
        read=read_of(request),
    )


def _differences(found: Department, form: DepartmentForm, week: WeekForm, others: Any) -> list[tuple[str, str]]:
    """What is kept and was typed otherwise, with the slots of some weeks said as one."""
    kept = {name: getattr(found, name) for name in DepartmentForm.base_fields}
    rows = [*differences(form, kept), *differences(week, initial_week(found))]
    typed = [each.hours for each in others.forms if each.hours]
    now = [slot for slot in found.slots.all() if slot.weeks != Weeks.EVERY]
    if {(each.weekday, each.opens, each.closes, each.weeks) for each in typed} != {
        (each.weekday, each.opens, each.closes, each.weeks) for each in now
    }:
        said = "; ".join(f"{slot}, {slot.get_weeks_display()}" for slot in now)
        rows.append((_("Certaines semaines seulement"), said or _("(vide)")))
    return rows


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Department, pk=pk)
    actions.close_department(found, author=_author(request))
    messages.success(request, _("« %(name)s » n’est plus proposé. Ce qui y renvoie le garde.") % {"name": found.name})
    return redirect("organisation:departments")


@require_POST
def shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    step = -1 if request.POST.get("sens") == "haut" else 1
    actions.move(_open(pk), step=step, author=_author(request))
    return redirect("organisation:departments")


@require_POST
def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _open(pk)
    form = DelegationForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("organisation:edit", pk)
    actions.delegate(found, form.cleaned_data["user"], title=form.cleaned_data["title"], author=_author(request))
    messages.success(request, _("La délégation est enregistrée."))
    return redirect("organisation:edit", pk)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Delegation.objects.select_related("department", "user"), pk=pk)
    actions.end_delegation(found, author=_author(request))
    messages.success(request, _("La délégation est finie."))
    return redirect("organisation:edit", found.department_id)


@never_cache
def periods(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.announce_period(**form.cleaned_data, author=_author(request))
        messages.success(request, _("C’est noté, et les horaires en tiennent compte."))
        return redirect("organisation:periods")
    today = local_now(timezone.now()).date()
    context: dict[str, Any] = {
        "form": form,
        "periods": upcoming_periods(today),
        "holidays": next_holidays(today, locality().departement),
    }
    return render(request, "organisation/periods.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = SpecialPeriod.objects.filter(pk=pk).first()
    if found is not None:  # else somebody did it a moment ago
        actions.withdraw_period(found, author=_author(request))
    messages.success(request, _("Ces jours suivent de nouveau les horaires habituels."))
    return redirect("organisation:periods")


@never_cache
def notice(request: HttpRequest) -> HttpResponse:
    """What the legal pages say in the commune's name."""
    kept = LegalNotice.objects.first()
    form = NoticeForm(request.POST or None, initial=asdict(LegalWords.of(kept)))
    context: dict[str, Any] = {"theirs": None, "keep": reverse("organisation:notice"), "status": 200}
    context["read"] = digest(asdict(LegalWords.of(kept))) if request.method != "POST" else read_of(request)
    if form.is_valid():
        try:
            actions.sign_notice(form.words, author=_author(request), read=read_of(request))
        except ChangedMeanwhile as error:
            now = asdict(LegalWords.of(error.found))
            context |= {"theirs": list(differences(form, now)), "read": digest(now), "status": 409}
        else:
            messages.success(request, _("C’est enregistré : les pages légales le disent."))
            return redirect("organisation:notice")
    status = 422 if form.errors else context.pop("status")
    return render(request, "organisation/notice.html", context | {"form": form, "notice": kept}, status=status)


def _open(pk: UUID) -> Department:
    return get_object_or_404(Department.objects.prefetch_related("slots"), pk=pk, closed_at__isnull=True)


def _author(request: HttpRequest) -> User:
    return cast(User, request.user)
