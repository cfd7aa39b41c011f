"""Being told by SMS: a number, the code that proves it, then its choices, with or without an account."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.delivery.models import PhoneCode
from core.delivery.sms import codes
from core.delivery.sms.consenting import CODE, choose_for, forget, numbers_of, places_of, topics_of_number, withdraw
from core.delivery.sms.counter import answers
from core.delivery.sms.forms import CodeForm, JoinForm, TopicsForm
from core.delivery.sms.numbers import unbroken
from core.delivery.topics import TEXT_BY_SMS, sms_topics
from core.web.throttle import client_address

# What the browser that asked for a code holds: the key of its row, and nothing of the number.
HELD = "delivery.phone"
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@both_ways
def telephone(request: HttpRequest) -> HttpResponse:
    """A number is written down; the answer is the same for every number."""
    topics = sms_topics(cast(Any, request).site.space.modules)
    form = JoinForm(topics, request.POST if request.method == "POST" else None)
    status = 422
    if topics and form.is_valid():
        if codes.too_many_from(client_address(request)):
            form.add_error(None, _("Trop de demandes à la suite. Attendez une heure, puis réessayez."))
            status = 429
        elif asked := _asked(request, form):
            request.session[HELD] = str(asked.pk)
            return redirect("delivery:telephone_code")
    context = {"form": form, "topics": topics, "text": TEXT_BY_SMS, "offered": bool(topics) and codes.offered()}
    context |= {"answers": answers(), "per_hour": codes.AN_HOUR}
    return render(request, "delivery/telephone.html", context, status=status if form.is_bound else 200)


@never_cache
@both_ways
def code(request: HttpRequest) -> HttpResponse:
    held = _held(request)
    if held is None:
        return redirect("delivery:telephone")
    if held.proved_at:
        return redirect("delivery:telephone_choices")
    form = CodeForm(request.POST if request.method == "POST" else None)
    verdict = codes.check(held.pk, form.cleaned_data["code"]) if form.is_valid() else None
    if verdict is codes.Verdict.RIGHT:
        said = (
            _("C’est fait : la mairie vous écrira à ce numéro.") if held.topics else _("Ce numéro est bien le vôtre.")
        )
        messages.success(request, said)
        return redirect("delivery:telephone_choices")
    if verdict is codes.Verdict.WRONG:
        form.add_error("code", _("Ce code n’est pas le bon. Vérifiez les six chiffres du dernier SMS reçu."))
    elif verdict is codes.Verdict.OVER:
        form.add_error("code", _("Ce code ne vaut plus. Demandez-en un autre."))
    context = {"form": form, "number": unbroken(held.number), "minutes": codes.MINUTES, "per_hour": codes.AN_HOUR}
    return render(request, "delivery/telephone_code.html", context, status=422 if form.errors else 200)


@never_cache
@both_ways
def choices(request: HttpRequest) -> HttpResponse:
    """What a number is told of, for whoever proved it a moment ago."""
    number = _proved(request)
    if not number:
        return redirect("delivery:telephone")
    topics, user = sms_topics(cast(Any, request).site.space.modules), _user(request)
    posted = request.POST if request.method == "POST" else None
    form = TopicsForm(topics, posted, kept=topics_of_number(number), every=False)
    if not user and (places := places_of(number)) is not None:
        form.offer_places(places)
    if form.is_valid():
        choose_for(number, form.wanted, among=form.among, user=user, places=None if user else form.places)
        messages.success(request, _("C’est noté."))
        return redirect("delivery:telephone_choices")
    context = {"form": form, "number": unbroken(number), "asked": topics_of_number(number), "text": TEXT_BY_SMS}
    context["account"] = user is not None
    return render(request, "delivery/telephone_choices.html", context, status=422 if form.errors else 200)


@never_cache
def stop(request: HttpRequest) -> HttpResponse:
    """No more SMS: to the number that was proved, or to one of the account's."""
    if request.method != "POST":
        return redirect("delivery:telephone")
    user, number = _user(request), request.POST.get("number", "")[:16]
    if not (user and number in numbers_of(user)):
        number = _proved(request)
    if not number:
        return redirect("delivery:telephone")
    if "erase" in request.POST:
        forget(number)
        request.session.pop(HELD, None)
        messages.success(request, _("C’est fait : nous ne gardons plus rien de ce numéro."))
        return redirect("delivery:telephone")
    withdraw(number=number, by=user.email if user else CODE)
    messages.success(request, _("C’est fait : ce numéro ne recevra plus de SMS de la mairie."))
    return redirect("delivery:preferences" if user else "delivery:telephone")


def _asked(request: HttpRequest, form: JoinForm) -> PhoneCode | None:
    try:
        return codes.ask(
            number=form.cleaned_data["number"], topics=form.wanted, user=_user(request), held=_held(request)
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _held(request: HttpRequest) -> PhoneCode | None:
    key = _key(request)
    return PhoneCode.objects.filter(pk=key, user=_user(request)).first() if key else None


def _proved(request: HttpRequest) -> str:
    key = _key(request)
    return codes.proved(key) if key else ""


def _key(request: HttpRequest) -> UUID | None:
    kept = request.session.get(HELD)
    return UUID(kept) if kept else None


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) and request.user.is_authenticated else None
