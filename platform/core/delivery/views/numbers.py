"""Numbers that the mairie writes down at the counter."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.delivery.models import SmsConsent
from core.delivery.sms.codes import offered
from core.delivery.sms.counter import enter_number, entered_here, remove_number, welcome
from core.delivery.sms.forms import CounterForm, RemovalForm
from core.delivery.sms.numbers import unbroken
from core.delivery.sms.segments import economical, segments
from core.delivery.topics import sms_topics

PAGE = 25


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: HttpRequest) -> HttpResponse:
    form = _form(request, request.POST if request.method == "POST" else None)
    if form.among and form.is_valid() and _entered(request, form):
        return redirect("delivery:numbers")
    return _page(request, form, RemovalForm(), 422 if form.is_bound else 200)


@never_cache
def remove(request: HttpRequest) -> HttpResponse:
    """Said alike of a number that asked and of one that did not."""
    if request.method != "POST":
        return redirect("delivery:numbers")
    removal = RemovalForm(request.POST)
    if not removal.is_valid():
        return _page(request, _form(request), removal, 422)
    number = removal.cleaned_data["number"]
    remove_number(number=number, author=cast(User, request.user))
    said = _("C’est fait : le %(number)s ne recevra plus de SMS de la mairie.") % {"number": unbroken(number)}
    messages.success(request, said)
    return redirect("delivery:numbers")


def _form(request: HttpRequest, data: Any = None) -> CounterForm:
    form = CounterForm(sms_topics(cast(Any, request).site.space.modules), data, every=True)
    form.offer_places()
    return form


def _entered(request: HttpRequest, form: CounterForm) -> bool:
    given = form.cleaned_data
    try:
        new = enter_number(
            number=given["number"],
            topics=form.wanted,
            paper=given["paper"],
            author=cast(User, request.user),
            places=form.places,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    number = unbroken(given["number"])
    if new:
        messages.success(request, _("C’est fait : un premier SMS part vers le %(number)s.") % {"number": number})
    else:
        messages.info(request, _("Le %(number)s est déjà inscrit : rien n’a changé.") % {"number": number})
    return True


def _page(request: HttpRequest, form: CounterForm, removal: RemovalForm, status: int) -> HttpResponse:
    page = Paginator(entered_here(), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "removal": removal,
        "offered": bool(form.among) and offered(),
        "welcome": welcome(),
        "cost": segments(economical(welcome())).count,
        "page": page,
        "lines": [_line(each) for each in page],
    }
    return render(request, "delivery/numbers.html", context, status=status)


def _line(asked: SmsConsent) -> dict[str, Any]:
    return {"asked": asked, "number": asked.number, "shown": unbroken(asked.number)}
