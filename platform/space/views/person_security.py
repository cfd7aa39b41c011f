"""The second factors of the mairie's people: what is due of oneself, and resetting those of who lost theirs."""

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.catalogue import Task
from core.security.actions import reset_factors
from core.security.second_factor import due_on, factors
from core.web import french


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def security(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Resets somebody else's; one's own is on one's own page."""
    found = get_object_or_404(User, pk=pk)
    author = cast(User, request.user)
    if found.pk == author.pk:
        return redirect("security:security")
    if request.method == "POST":
        reset_factors(found, author=author)
        messages.success(request, _("La double vérification est remise à zéro. La personne en est prévenue."))
        return redirect("space:person", pk)
    context = {"person": found, "protected": factors(found).exists()}
    return render(request, "space/person_security.html", context)


def own_tasks(user: User) -> Iterator[Task]:
    """Adding the second factor that one's role asks for, while there is time."""
    when = due_on(user)
    if when is not None:
        until = french.day(when)
        yield Task(
            title=_("Ajouter une double vérification"),
            detail=_("Votre rôle la demande avant le %(day)s : après, elle sera la seule page ouverte.")
            % {"day": until},
            url=reverse("security:security"),
            action=_("Ajouter"),
            label=_("Sécurité"),
            tone="warn",
            urgency=5,
        )
