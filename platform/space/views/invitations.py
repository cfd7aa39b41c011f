"""Inviting a colleague, and answering an invitation: the link of the mail shows, signing in or a button accepts."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.invitations import InvitationRefused, Reason, accept, cancel
from core.accounts.models import Invitation, User
from core.catalogue import Role
from space.actions import invite as invite_colleague
from space.actions import invite_again
from space.forms import InviteForm
from space.roles import LABELS
from space.views.posts import form_of

REFUSALS = {
    Reason.IN_THE_TEAM: gettext_lazy("Cette personne est déjà dans l’équipe : changez son rôle sur sa page."),
    Reason.KEPT_OUT: gettext_lazy("L’accès de cette personne est fermé : rouvrez-le d’abord sur sa page."),
}


@never_cache
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            invitation = invite_colleague(
                email=typed["email"],
                name=typed["name"],
                role=Role(typed["role"]),
                author=cast(User, request.user),
            )
        except InvitationRefused as refusal:
            form.add_error("email", str(REFUSALS[refusal.reason]))
        else:
            who = invitation.name or invitation.email
            messages.success(request, _("%(name)s reçoit une invitation par e-mail.") % {"name": who})
            return redirect("space:people")
    return render(request, "space/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@form_of("space:people")
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.waiting(), pk=key)
    invite_again(found, author=cast(User, request.user))
    messages.success(request, _("L’invitation est renvoyée à %(email)s.") % {"email": found.email})
    return redirect("space:people")


@form_of("space:people")
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.filter(accepted_at__isnull=True), pk=key)
    cancel(found, author=cast(User, request.user))
    messages.success(request, _("L’invitation est annulée : son lien ne vaut plus."))
    return redirect("space:people")


@never_cache
@require_safe
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the link of the mail shows; opening it does nothing."""
    found = get_object_or_404(Invitation, pk=key)
    user: Any = request.user
    if found.accepted_at:
        if user.is_authenticated and user.email == found.email:
            return redirect("space:office")
        state = "accepted"
    elif not found.stands:
        state = "over"
    elif user.is_authenticated:
        state = "mine" if user.email == found.email else "other"
    else:
        state = "stranger"
    context = {"invitation": found, "state": state, "role": LABELS[Role(found.role)]}
    return render(request, "space/invitation.html", context, status=410 if state == "over" else 200)


@form_of("space:invitation", "key")
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody already here with the invited address accepts; anybody else is shown the invitation again."""
    found = get_object_or_404(Invitation, pk=key)
    user = cast(User, request.user)
    if user.email == found.email and accept(user):
        messages.success(request, _("Bienvenue dans l’équipe de la mairie."))
        return redirect("space:office")
    return redirect("space:invitation", key)
