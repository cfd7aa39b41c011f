"""Resetting the second factor of who answers for a commune and has nobody there to ask."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from console import actions
from core.accounts.models import User
from core.web.french import typographic
from tenants.models import Space


@never_cache
def second_factor(request: HttpRequest, insee: str) -> HttpResponse:
    """The administrators who have one, each with a button."""
    space = get_object_or_404(Space.objects.select_related("commune"), commune__insee=insee)
    if request.method == "POST":
        try:
            person = UUID(request.POST.get("person", ""))
            done = actions.reset_second_factor(space=space, person=person, author=cast(User, request.user))
        except (ValueError, User.DoesNotExist):
            done = False
        if done:
            messages.success(request, _("C’est remis à zéro. La personne en est prévenue."))
        else:
            messages.error(request, _("Rien n’a été fait : cette personne n’a plus de double vérification."))
        return redirect("console:second_factor", insee)
    context: dict[str, Any] = {
        "commune": space.commune,
        "title": typographic(str(space.commune)),
        "people": actions.protected_administrators(space),
    }
    return render(request, "console/second_factor.html", context)
