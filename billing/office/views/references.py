"""What invoices say of the commune."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from billing import collecting
from billing.actions.referencing import references as kept_references
from billing.actions.referencing import set_references
from billing.office.forms import AccountForm
from billing.office.here import Ours, for_ourselves
from core.accounts.models import User
from core.web.meanwhile import ChangedMeanwhile, differences, digest, read_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_ourselves
def references(request: HttpRequest, ours: Ours) -> HttpResponse:
    kept = kept_references(ours.payer)
    form = _form(request, ours, kept)
    read, status, theirs = digest(kept), 200, None
    if form.is_bound:
        read, status = read_of(request) or read, 422
        if form.is_valid():
            try:
                set_references(ours.payer, form.cleaned_data, author=cast(User, request.user), read=read_of(request))
            except ChangedMeanwhile as error:
                kept, status = kept_references(error.found), 409
                read, theirs = digest(kept), list(differences(form, kept))
            else:
                messages.success(request, _("Les références sont enregistrées : vos prochaines factures les portent."))
                return redirect("billing:references")
    context: dict[str, Any] = {"ours": ours, "form": form, "read": read, "theirs": theirs}
    context |= {"keep": reverse("billing:references")}
    return render(request, "billing/office/references.html", context, status=status)


def _form(request: HttpRequest, ours: Ours, kept: dict[str, str]) -> AccountForm:
    posted = request.POST if request.method == "POST" else None
    commune = ours.subscription.commune
    initial = dict(kept)
    if not kept["city"] and not kept["postal_code"]:
        initial |= {"city": commune.name, "postal_code": commune.postal_codes[0] if commune.postal_codes else ""}
    return AccountForm(posted, initial=initial, siren=commune.siren, online=collecting.offered())
