"""The SMS that a commune paid."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from console import actions
from console.forms import SmsOrderForm
from console.journal import Line
from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.sms.carrying import can_sms
from core.delivery.sms.overview import line, orders, overview
from core.delivery.sms.watching import DAYS, providers
from core.tenancy.context import enter
from core.web.french import typographic
from tenants.models import Space

PAGE = 25


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sms(request: HttpRequest, insee: str) -> HttpResponse:
    space = get_object_or_404(Space.objects.select_related("commune"), commune=insee)
    form = SmsOrderForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _ordered(request, space, form):
        return redirect("console:sms", insee)
    with enter(space.schema_name):
        page = Paginator(orders(), PAGE).get_page(request.GET.get("page"))
        context = {"overview": overview(), "lines": [line(each) for each in page], "page": page}
    context |= {"commune": space.commune, "title": typographic(str(space.commune)), "form": form, "offered": can_sms()}
    return render(request, "console/sms.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def watched(request: HttpRequest) -> HttpResponse:
    """The providers, and the last orders of all communes."""
    orders = [
        Line.of(entry) for entry in Entry.objects.filter(verb="delivery.sms_bought").order_by("-at", "-pk")[:PAGE]
    ]
    context = {"providers": providers(), "days": DAYS, "orders": orders, "receipts": bool(settings.SMS_WEBHOOK_SECRET)}
    return render(request, "console/providers.html", context)


def _ordered(request: HttpRequest, space: Space, form: SmsOrderForm) -> bool:
    try:
        new = actions.order_sms(space=space, author=cast(User, request.user), **form.cleaned_data)
    except ValidationError as error:
        form.add_error("reference", error)
        return False
    if new:
        messages.success(request, _("C’est fait : la commune a ses SMS, et ses administrateurs le savent."))
    else:
        messages.info(request, _("Cette commande était déjà enregistrée : rien n’a été ajouté."))
    return True
