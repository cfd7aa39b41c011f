"""Changing one's address, and taking it back."""

import time
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.security.address import CODE_MINUTES, AddressTaken, change_address, change_of, is_right, send_code, take_back
from core.security.forms import AddressCodeForm, AddressForm
from core.security.fresh import freshly
from core.security.shell import shown
from core.web.throttle import client_address, too_many

ASKED = "address_asked"
TRIES = 5
pages = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@pages
@freshly
def address(request: HttpRequest) -> HttpResponse:
    """Asks for the new address and writes to it: one that is taken is answered like any other."""
    user = cast(User, request.user)
    form = AddressForm(request.POST if request.method == "POST" else None, user=user)
    if not form.is_valid():
        return render(request, "security/address.html", shown(request, form=form), status=422 if form.is_bound else 200)
    if too_many("address", str(user.pk), limit=5, seconds=3600):
        form.add_error(None, _("Trop de demandes. Attendez une heure, puis réessayez."))
        return render(request, "security/address.html", shown(request, form=form), status=429)
    email = form.cleaned_data["email"]
    request.session[ASKED] = {"email": email, "code": send_code(user, email=email), "at": time.time(), "tries": 0}
    return redirect("security:address_code")


@never_cache
@pages
@freshly
def code(request: HttpRequest) -> HttpResponse:
    """Takes the code: the right one replaces the address."""
    user = cast(User, request.user)
    asked: dict[str, Any] | None = request.session.get(ASKED)
    if asked is None or time.time() - asked["at"] > CODE_MINUTES * 60 or asked["tries"] >= TRIES:
        request.session.pop(ASKED, None)
        messages.warning(request, _("Ce code n’est plus valable. Demandez-en un autre."))
        return redirect("security:address")
    form = AddressCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if is_right(user, email=asked["email"], code=form.cleaned_data["code"], kept=asked["code"]):
            return _replaced(request, user, asked["email"])
        request.session[ASKED] = asked | {"tries": asked["tries"] + 1}
        form.add_error("code", _("Ce code n’est pas le bon. Vérifiez les six chiffres du dernier e-mail reçu."))
    context = shown(request, form=form, email=asked["email"], minutes=CODE_MINUTES)
    return render(request, "security/address_code.html", context, status=422 if form.is_bound else 200)


def _replaced(request: HttpRequest, user: User, email: str) -> HttpResponse:
    del request.session[ASKED]
    link = request.build_absolute_uri(reverse("security:not_me")) + "?jeton="
    try:
        change_address(user, new=email, session_key=request.session.session_key or "", link=link)
    except AddressTaken:
        messages.warning(request, _("Ce code n’est plus valable. Demandez-en un autre."))
        return redirect("security:address")
    messages.success(request, _("Votre adresse est changée. Connectez-vous désormais avec elle."))
    return redirect("security:security")


@never_cache
@pages
def not_me(request: HttpRequest) -> HttpResponse:
    """Reached from the old address's mail: the link shows a button, and the button takes the address back."""
    if too_many("not_me", client_address(request), limit=60, seconds=3600):
        return render(request, "security/not_me.html", {"change": None, "busy": True}, status=429)
    token = request.POST.get("jeton") or request.GET.get("jeton", "")
    change, done = change_of(token), False
    if change is not None and request.method == "POST":
        try:
            take_back(change)
            done = True
        except AddressTaken:
            change = None
    status = 200 if change is not None else 410
    return render(request, "security/not_me.html", {"change": change, "token": token, "done": done}, status=status)
