"""What ties a browser to its opening: the portal has no session, so one signed cookie holds the row's key."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from tenants.models import Signup

KEPT = timedelta(days=7)
_SIGNER = TimestampSigner(salt="portal.signup")


def name() -> str:
    return "__Host-signup" if settings.SCHEME == "https" else "signup"


def remember(response: HttpResponse, signup: Signup) -> None:
    response.set_cookie(
        name(),
        _SIGNER.sign(signup.pk.hex),
        max_age=int(KEPT.total_seconds()),
        secure=settings.SCHEME == "https",
        httponly=True,
        samesite="Lax",
    )


def current(request: HttpRequest) -> Signup | None:
    """The browser's opening, None when it has none: no cookie, a forged or stale one, a row that was forgotten."""
    try:
        key = UUID(_SIGNER.unsign(request.COOKIES.get(name(), ""), max_age=KEPT))
    except (BadSignature, ValueError):
        return None
    rows = Signup.objects.select_related("commune__space", "space__commune")
    return rows.filter(pk=key).first()
