"""Who may enter a page: declared on every route, enforced at one door."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.web.errors import too_many_requests
from core.web.throttle import client_address, too_many, wait

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
View = TypeVar("View", bound=Callable[..., Any])


class Who(StrEnum):
    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    DOOR = "door"
    STAFF = "staff"
    PERMISSION = "permission"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may enter. `always` pages answer even while a space is closed to the public; `quiet` ones answer a refusal
    with a status instead of a sign-in page. `knows` tells by an address whether who calls it is no stranger, and may
    write as much as they need: a provider whose address holds a secret. `trusted` pages also open on a device that the
    person trusts for them, without signing in. `lasting` pages take forms in a space that may only be read: one's own
    account, being told of alerts, paying and leaving are never refused."""

    who: Who
    permission: str = ""
    always: bool = False
    quiet: bool = False
    knows: Callable[..., bool] | None = None
    trusted: bool = False
    lasting: bool = False


def declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        cast(Any, view).access = access
        return view

    return mark


def anyone(view: View) -> View:
    return declare(Access(Who.ANYONE))(view)


def always(view: View) -> View:
    """Anyone, even while the space is not open to the public: signing in, health, style."""
    return declare(Access(Who.ANYONE, always=True))(view)


def signed_in(view: View) -> View:
    return declare(Access(Who.SIGNED_IN))(view)


def lasting(view: View) -> View:
    """Anyone, also where everything else may only be read."""
    return declare(Access(Who.ANYONE, lasting=True))(view)


def own(view: View) -> View:
    """Who is signed in, about themselves: also where everything else may only be read."""
    return declare(Access(Who.SIGNED_IN, lasting=True))(view)


def door(view: View) -> View:
    """All of the staff, also who keeps the accounts and sees nothing else."""
    return declare(Access(Who.DOOR))(view)


def staff(view: View) -> View:
    """The staff, but who is there for the accounts alone."""
    return declare(Access(Who.STAFF))(view)


def operator(view: View) -> View:
    return declare(Access(Who.OPERATOR))(view)


def permission(code: str, *, trusted: bool = False, lasting: bool = False) -> Callable[[View], View]:
    """Staff who hold this permission."""
    return declare(Access(Who.PERMISSION, code, trusted=trusted, lasting=lasting))


def access_of(view: Any) -> Access | None:
    found: Access | None = getattr(view, "access", None)
    return found


def asks_too_much(request: HttpRequest) -> bool:
    """Whether an address sends more to one route than anybody would who does not sign in."""
    match = request.resolver_match
    what = f"write:{match.view_name if match else request.path}"
    who = client_address(request)
    return too_many(what, who, limit=settings.ANONYMOUS_WRITES, seconds=settings.ANONYMOUS_WINDOW)


class AccessGate:
    """Refuses whoever a route does not name; a route that names nobody is a fault, not an open door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wait.set(0)
        response = self.get_response(request)
        if response.status_code == 429 and not response.has_header("Retry-After"):
            response["Retry-After"] = str(wait.get() or settings.ANONYMOUS_WINDOW)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        access = access_of(view)
        if access is None:
            raise ImproperlyConfigured(f"{request.path} does not declare who may enter")
        user = getattr(request, "user", None)
        stranger = user is None or not user.is_authenticated
        known = access.knows is not None and access.knows(**kwargs)
        if stranger and not known and request.method not in SAFE and asks_too_much(request):
            return too_many_requests(request)
        if access.who is Who.ANYONE:
            return None
        if user is None or stranger:
            if access.quiet:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not admits(access, user):
            raise PermissionDenied
        return None


def admits(access: Access, user: Any) -> bool:
    """Whether somebody signed in may enter."""
    match access.who:
        case Who.ANYONE | Who.SIGNED_IN:
            return True
        case Who.DOOR:
            return bool(user.is_staff_member)
        case Who.STAFF:
            return bool(user.is_staff_member and not user.only_counts)
        case Who.PERMISSION:
            return bool(user.has_perm(access.permission))
        case Who.OPERATOR:
            return bool(user.has_perm("console"))
