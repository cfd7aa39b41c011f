"""Who receives the papers besides the mairie."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from billing.actions.referencing import MOST_RECIPIENTS, TooMany, add_recipient, remove_recipient
from billing.office.forms import RecipientForm, refuse
from billing.office.here import Ours, for_ourselves
from core.accounts.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_ourselves
def recipients(request: HttpRequest, ours: Ours) -> HttpResponse:
    form = RecipientForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _added(request, ours, form):
        return redirect("billing:recipients")
    context = {"ours": ours, "form": form, "recipients": ours.payer.recipients.order_by("added_at")}
    return render(request, "billing/office/recipients.html", context, status=422 if form.is_bound else 200)


def _added(request: HttpRequest, ours: Ours, form: RecipientForm) -> bool:
    try:
        found = add_recipient(ours.payer, **form.cleaned_data, author=cast(User, request.user))
    except TooMany:
        sentence = _("Il y a déjà %(most)s adresses. Retirez-en une d’abord.") % {"most": MOST_RECIPIENTS}
        refuse(form, "email", sentence)
        return False
    messages.success(request, _("Les prochains documents iront aussi à %(email)s.") % {"email": found.email})
    return True


@never_cache
@for_ourselves
def remove(request: HttpRequest, ours: Ours, recipient: UUID) -> HttpResponse:
    """Who is removed already stays so."""
    if request.method == "POST":
        remove_recipient(ours.payer, recipient, author=cast(User, request.user))
        messages.success(request, _("Cette adresse ne reçoit plus les documents."))
    return redirect("billing:recipients")
