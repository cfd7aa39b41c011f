"""One's own account: what is kept, and leaving."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.actions import LastAdministrator, delete_account, rename
from core.accounts.models import User
from core.delivery.mail.suppressing import suppression_of
from space.contributions import catalogue, contributions
from space.forms import NameForm
from space.levels import MEANINGS
from space.roles import meanings


@dataclass(frozen=True, slots=True)
class Kept:
    """What one module keeps about a person: each kind of thing and how many; why and how long."""

    label: str
    counts: tuple[tuple[str, int], ...]
    purpose: str
    keep_months: int


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": user.name})
    if form.is_valid():
        rename(user, name=form.cleaned_data["name"])
        messages.success(request, _("C’est noté."))
        return redirect("space:account")
    context = {
        "form": form,
        "roles": meanings(user.roles),
        "kept": kept_about(user),
        "level_meaning": MEANINGS[user.level],
        "refused": suppression_of(user.email),
    }
    return render(request, "space/account.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Says what is erased and what stays without a name, then does it."""
    user = cast(User, request.user)
    context: dict[str, Any] = {"kept": kept_about(user), "refused": False}
    if request.method == "POST":
        try:
            delete_account(user)
        except LastAdministrator:
            return render(request, "space/account_delete.html", {**context, "refused": True}, status=409)
        logout(request)
        messages.success(request, _("Votre compte est supprimé."))
        return redirect("space:home")
    return render(request, "space/account_delete.html", context)


def kept_about(user: User) -> list[Kept]:
    """Asked of every module: one that is off still keeps what it had."""
    counts: dict[str, Counter[str]] = {}
    for manifest, kept in contributions("personal_data", catalogue().slugs, user):
        counts.setdefault(manifest.slug, Counter())[kept.kind] += 1
    return [
        Kept(
            manifest.label,
            tuple(sorted(counts[manifest.slug].items())),
            manifest.personal_data.purpose,
            manifest.personal_data.keep_months,
        )
        for manifest in catalogue().among(counts)
    ]
