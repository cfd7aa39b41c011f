"""The mairie verifies where people live: letters to print and post, and what somebody showed at the counter."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.accounts.levels import Level, Method
from core.accounts.models import ResidencyLetter, User
from core.accounts.residency import mark_posted, print_letter, prove, withdraw_level
from space.level_forms import CounterForm, WithdrawForm
from space.views.people import known, person_page
from space.views.posts import form_of
from tenants.hosts import space_url
from tenants.models import Space

PAGE = 25


@never_cache
def letters(request: HttpRequest) -> HttpResponse:
    rows = ResidencyLetter.objects.waiting().filter(posted_at__isnull=True).select_related("user").order_by("asked_at")
    return render(request, "space/letters.html", {"page": Paginator(rows, PAGE).get_page(request.GET.get("page"))})


@never_cache
@form_of("space:letters")
def sheet(request: HttpRequest, letter: UUID) -> HttpResponse:
    """The letter itself, with a code that is shown here and nowhere else."""
    found = _to_post(letter)
    code = print_letter(found, author=cast(User, request.user))
    site: Any = request.site
    address = space_url(Space.objects.select_related("commune").get(pk=site.space.id), reverse("space:level"))
    context = {"letter": found, "code": code, "address": address, "now": timezone.now()}
    return render(request, "space/letter_sheet.html", context)


@form_of("space:letters")
def posted(request: HttpRequest, letter: UUID) -> HttpResponse:
    found = _to_post(letter)
    if found.printed_at is None:
        messages.error(request, _("Imprimez d’abord ce courrier : sans code, il ne prouve rien."))
        return redirect("space:letters")
    mark_posted(found, author=cast(User, request.user))
    messages.success(request, _("C’est noté : ce courrier est posté."))
    return redirect("space:letters")


@form_of("space:person", "pk")
def counter(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(known(), pk=pk, verified_at__isnull=False)
    form = CounterForm(request.POST)
    if not form.is_valid():
        return person_page(request, found, counter_form=form, status=422)
    level = Level.N3 if form.cleaned_data["identity"] else Level.N2
    prove(found, level=level, method=Method.COUNTER, seen=form.seen, author=cast(User, request.user))
    messages.success(request, _("C’est noté : la vérification au guichet est enregistrée."))
    return redirect("space:person", pk)


@form_of("space:person", "pk")
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(known(), pk=pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return person_page(request, found, withdraw_form=form, status=422)
    withdraw_level(found, reason=form.cleaned_data["why"], author=cast(User, request.user))
    messages.success(request, _("La vérification est retirée."))
    return redirect("space:person", pk)


def _to_post(key: UUID) -> ResidencyLetter:
    rows = ResidencyLetter.objects.waiting().filter(posted_at__isnull=True)
    return get_object_or_404(rows.select_related("user"), pk=key)
