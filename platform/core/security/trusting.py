"""Devices that a person trusts: they open a few pages, marked `trusted`, when somebody must act and cannot sign in."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.accounts.access import access_of
from core.accounts.models import User
from core.audit.actions import record
from core.security.models import TrustedDevice
from core.security.sessions import device

UNUSED: Final = timedelta(days=183)
_KEPT: Final = timedelta(days=400)  # browsers keep none longer
_LENGTH: Final = 43


def cookie_name() -> str:
    return "__Host-trusted" if settings.SESSION_COOKIE_SECURE else "trusted"


@transaction.atomic
def trust(request: HttpRequest, response: HttpResponse, user: User) -> TrustedDevice:
    """Know this browser for this person from now on. Known already, it stays as it is."""
    user.take_turn()
    if (known := known_device(request)) and known.user_id == user.pk:
        return known
    secret = secrets.token_urlsafe(32)
    name = device(request.META.get("HTTP_USER_AGENT", ""))
    made = TrustedDevice.objects.create(user=user, token=_hashed(secret), browser=name, seen_on=timezone.now().date())
    record("security.device_trusted", target=name, author=user)
    response.set_cookie(
        cookie_name(),
        secret,
        max_age=int(_KEPT.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return made


@transaction.atomic
def distrust(found: TrustedDevice, *, author: User) -> None:
    record("security.device_distrusted", target=found.browser, author=author)
    found.delete()


def known_device(request: HttpRequest) -> TrustedDevice | None:
    """The device that the browser proves to be: trusted, and used in the last six months."""
    secret = request.COOKIES.get(cookie_name(), "")
    if len(secret) != _LENGTH:
        return None
    recent = TrustedDevice.objects.filter(seen_on__gt=(timezone.now() - UNUSED).date()).select_related("user")
    return recent.filter(token=_hashed(secret), user__is_active=True).first()


def signed_out(sender: Any, request: HttpRequest, user: User | None, **_more: Any) -> None:
    """Who signs out of a browser leaves nothing in it; who only signs in again keeps its trust."""
    match = request.resolver_match
    if user is None or (match is not None and match.view_name == "security:again"):
        return
    if (known := known_device(request)) and known.user_id == user.pk:
        distrust(known, author=user)


def devices_of(user: User) -> list[TrustedDevice]:
    return list(TrustedDevice.objects.filter(user=user, seen_on__gt=(timezone.now() - UNUSED).date()))


class TrustedDevices:
    """Tells the pages that trust a device whose it is, for this request only: no session is begun."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        access, user = access_of(view), getattr(request, "user", None)
        if access is None or not access.trusted or user is None or user.is_authenticated:
            return
        if found := known_device(request):
            today = timezone.now().date()
            if found.seen_on != today:
                TrustedDevice.objects.filter(pk=found.pk).update(seen_on=today)
            request.user = found.user
            request.trusted_device = found  # type: ignore[attr-defined]


def by_trust(request: HttpRequest) -> bool:
    """Whether the person is known by their device alone."""
    return getattr(request, "trusted_device", None) is not None


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
