"""One's second factors and one's sessions."""

from typing import cast
from uuid import UUID

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.security import actions
from core.security.forms import ApplicationForm, NewPasskeyForm
from core.security.fresh import freshly
from core.security.second_factor import due_on, factors, is_overdue, is_required_of
from core.security.sessions import end_session, end_sessions, sessions_of
from core.security.shell import as_json, shown
from core.security.trusting import devices_of, distrust

pages = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
def security(request: HttpRequest) -> HttpResponse:
    """What protects the account, and where it is open."""
    user = cast(User, request.user)
    own = list(factors(user))
    context = shown(
        request,
        application=next((each for each in own if each.type == Authenticator.Type.TOTP), None),
        passkeys=[each for each in own if each.type == Authenticator.Type.WEBAUTHN],
        codes_left=len(actions.recovery_codes(user)) if own else None,
        required=is_required_of(user),
        due_on=due_on(user),
        overdue=is_overdue(user),
        sessions=sessions_of(user),
        trusted=devices_of(user),
        here=request.session.session_key,
    )
    return render(request, "security/security.html", context)


@never_cache
@pages
@freshly
def application(request: HttpRequest) -> HttpResponse:
    user, secret = cast(User, request.user), get_totp_secret()
    form = ApplicationForm(request.POST if request.method == "POST" else None, user=user, secret=secret)
    if form.is_valid():
        actions.add_application(user, secret=secret, session_key=_key(request))
        clear_totp_secret(request)
        return _added(request)
    address = get_adapter().build_totp_url(user, secret)
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    context = shown(request, form=form, drawing=_drawn(address), secret=spaced, address=address)
    return render(request, "security/application.html", context, status=422 if form.is_bound else 200)


@never_cache
@pages
@freshly
def passkey(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = NewPasskeyForm(request.POST if request.method == "POST" else None, user=user, initial={"name": ""})
    if form.is_valid():
        name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
        actions.add_passkey(user, name=name, credential=credential, session_key=_key(request))
        return _added(request)
    context = shown(request, form=form, asked=as_json(begin_registration(user, False)))
    return render(request, "security/passkey.html", context, status=422 if form.is_bound else 200)


@never_cache
@pages
@freshly
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes the factor away."""
    user = cast(User, request.user)
    factor = get_object_or_404(factors(user), pk=pk)
    refused = False
    if request.method == "POST":
        try:
            actions.remove_factor(user, factor=factor)
        except actions.LastFactor:
            refused = True
        else:
            messages.success(request, _("C’est retiré."))
            return redirect("security:security")
    context = shown(request, factor=factor, refused=refused, last=factors(user).count() == 1)
    return render(request, "security/remove.html", context, status=409 if refused else 200)


@never_cache
@pages
@freshly
def codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes; sent, the form makes new ones."""
    user = cast(User, request.user)
    if not factors(user).exists():
        return redirect("security:security")
    if request.method == "POST":
        actions.renew_recovery_codes(user)
        messages.success(request, _("Voici vos nouveaux codes. Les anciens ne servent plus."))
        return redirect("security:codes")
    return render(request, "security/codes.html", shown(request, codes=actions.recovery_codes(user)))


@never_cache
@pages
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST":
        found = next((each for each in sessions_of(user) if each.pk == pk), None)
        if found is not None:
            if found.session_key == request.session.session_key:
                logout(request)
                return redirect("/")
            end_session(found)
        messages.success(request, _("Cet appareil est déconnecté."))
    return redirect("security:security")


@never_cache
@pages
def forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Trust a device no more."""
    user = cast(User, request.user)
    if request.method == "POST":
        if found := next((each for each in devices_of(user) if each.pk == pk), None):
            distrust(found, author=user)
        messages.success(request, _("Cet appareil n’est plus de confiance."))
    return redirect("security:security")


@never_cache
@pages
def end_all(request: HttpRequest) -> HttpResponse:
    """Everywhere, here included."""
    if request.method == "POST":
        end_sessions(cast(User, request.user), but=_key(request))
        logout(request)
        messages.success(request, _("La déconnexion est faite partout."))
        return redirect("/")
    return redirect("security:security")


def _added(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("C’est fait. Gardez vos codes de secours en lieu sûr."))
    return redirect("security:codes")


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _drawn(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    drawing: str = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="code", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from numbers
