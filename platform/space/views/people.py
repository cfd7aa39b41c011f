"""Residents and colleagues: finding somebody, giving a role, keeping somebody out."""

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.accounts.actions import LastAdministrator, block, is_last_administrator, lift_block, set_role
from core.accounts.models import Block, Invitation, ResidencyLetter, ResidencyProof, RoleGrant, User
from core.catalogue import Role
from space.actions import hand_over, see_off
from space.forms import BlockForm, HandOverForm, RoleForm
from space.level_forms import CounterForm, WithdrawForm
from space.levels import LABELS as LEVELS
from space.roles import LABELS
from space.views.posts import form_of

PAGE = 25
INVITED = 50


def known() -> QuerySet[User]:
    """Everybody but those who asked for a code and never typed it, with their roles and block at hand."""
    held = RoleGrant.objects.filter(ended_at__isnull=True)
    return (
        User.objects.filter(Q(verified_at__isnull=False) | Q(grants__isnull=False) | Q(blocks__isnull=False))
        .distinct()
        .prefetch_related(Prefetch("grants", held, to_attr="held"))
        .order_by("-joined_at", "-id")
    )


@never_cache
def people(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:100]
    team = request.GET.get("equipe") == "1"
    rows = known()
    if query:
        rows = rows.filter(Q(name__icontains=query) | Q(email__icontains=query))
    if team:
        rows = rows.filter(pk__in=RoleGrant.objects.filter(ended_at__isnull=True).values("user"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [(person, [LABELS[Role(each.role)] for each in cast(Any, person).held]) for person in page]
    kept = {"q": query, "equipe": "1" if team else ""}
    paging = urlencode({name: value for name, value in kept.items() if value})
    invited = [(each, LABELS[Role(each.role)]) for each in Invitation.objects.waiting().order_by("-sent_at")[:INVITED]]
    context = {
        "letters": ResidencyLetter.objects.waiting().filter(posted_at__isnull=True).count(),
        "invited": invited,
        "page": page,
        "lines": lines,
        "query": query,
        "team": team,
        "paging": f"{paging}&" if paging else "",
    }
    return render(request, "space/people.html", context)


@never_cache
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    return person_page(request, get_object_or_404(known(), pk=pk))


@form_of("space:person", "pk")
def role(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(known(), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return person_page(request, found, role_form=form, status=422)
    chosen = form.cleaned_data["role"]
    if chosen and found.verified_at is None:
        form.add_error("role", _("Cette personne n’a pas encore prouvé son adresse : invitez-la."))
        return person_page(request, found, role_form=form, status=422)
    current = current_role(found)
    if request.POST.get("read", current) != current != chosen:
        name = LABELS[Role(current)] if current else _("aucun")
        said = _("Ce rôle a été changé entre-temps, c’est maintenant « %(name)s ». Votre choix n’est pas enregistré.")
        form.add_error("role", said % {"name": name})
        return person_page(request, found, role_form=form, status=409)
    try:
        set_role(found, Role(chosen) if chosen else None, author=cast(User, request.user))
    except LastAdministrator:
        return _last_administrator(request, found)
    messages.success(request, _("Le rôle est enregistré."))
    return redirect("space:person", pk)


@form_of("space:person", "pk")
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(known(), pk=pk)
    try:
        see_off(found, author=cast(User, request.user))
    except LastAdministrator:
        return _last_administrator(request, found)
    oneself = found.pk == request.user.pk
    if oneself:
        logout(request)  # the session is gone already: what is said goes into a new one
    messages.success(request, _("C’est fait : cette personne n’est plus dans l’équipe de la mairie."))
    return redirect("space:home" if oneself else "space:people")


@form_of("space:person", "pk")
def succeed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The administrator hands over to this person."""
    found = get_object_or_404(known(), pk=pk)
    if not may_succeed(found, cast(User, request.user)):
        messages.error(request, _("Cette personne ne peut pas reprendre l’administration."))
        return redirect("space:person", pk)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return person_page(request, found, hand_over_form=form, status=422)
    then = form.cleaned_data["then"]
    hand_over(found, then=Role(then) if then else None, author=cast(User, request.user))
    if not then:
        logout(request)  # as above
    messages.success(request, _("%(name)s administre maintenant l’espace.") % {"name": found.display_name})
    return redirect("space:office" if then else "space:home")


def may_succeed(person: User, author: User) -> bool:
    """A colleague, who proved their address and is not kept out."""
    return person.pk != author.pk and person.is_staff_member and person.verified_at is not None


@form_of("space:person", "pk")
def keep_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(known(), pk=pk)
    form = BlockForm(request.POST)
    if not form.is_valid():
        return person_page(request, found, block_form=form, status=422)
    try:
        block(found, reason=form.cleaned_data["reason"], author=cast(User, request.user))
    except LastAdministrator:
        return _last_administrator(request, found)
    messages.success(request, _("L’accès est fermé."))
    return redirect("space:person", pk)


@form_of("space:person", "pk")
def let_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    lift_block(get_object_or_404(known(), pk=pk), author=cast(User, request.user))
    messages.success(request, _("L’accès est rouvert."))
    return redirect("space:person", pk)


def current_role(person: User) -> str:
    """The role that counts among those held, empty without one."""
    held = [each.role for each in cast(Any, person).held]
    return next((str(each) for each in LABELS if each in held), "")


def _last_administrator(request: HttpRequest, found: User) -> HttpResponse:
    messages.error(
        request,
        _("C’est la seule personne qui administre l’espace. Donnez d’abord ce rôle à quelqu’un d’autre."),
    )
    return redirect("space:person", found.pk)


def person_page(
    request: HttpRequest,
    found: User,
    *,
    role_form: RoleForm | None = None,
    block_form: BlockForm | None = None,
    hand_over_form: HandOverForm | None = None,
    counter_form: CounterForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    held = [each.role for each in cast(Any, found).held]
    current = current_role(found)
    context = {
        "role_read": current,
        "person": found,
        "roles": [LABELS[Role(each)] for each in held],
        "kept_out": Block.objects.filter(user=found, lifted_at__isnull=True).first(),
        "role_form": role_form or RoleForm(initial={"role": current}),
        "block_form": block_form or BlockForm(),
        "hand_over_form": hand_over_form or HandOverForm(initial={"then": ""}),
        "may_succeed": may_succeed(found, cast(User, request.user)) and current != Role.ADMINISTRATOR,
        "last_administrator": current == Role.ADMINISTRATOR and is_last_administrator(found),
        "level": LEVELS[found.level],
        "proof": ResidencyProof.objects.standing().filter(user=found).first(),
        "counter_form": counter_form or CounterForm(),
        "withdraw_form": withdraw_form or WithdrawForm(),
        "contact": settings.OPERATOR_EMAIL,
    }
    return render(request, "space/person.html", context, status=status)
