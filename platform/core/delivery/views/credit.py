"""What SMS cost the mairie."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.delivery.sms.carrying import can_sms
from core.delivery.sms.overview import line, movements, overview

PAGE = 25


@never_cache
@require_safe
def credit(request: HttpRequest) -> HttpResponse:
    page = Paginator(movements(), PAGE).get_page(request.GET.get("page"))
    context = {"overview": overview(), "page": page, "lines": [line(each) for each in page], "offered": can_sms()}
    context["contact"] = settings.OPERATOR_EMAIL
    return render(request, "delivery/credit.html", context)
