"""Who may be on a step: the browser that began, in order, on the commune it believes it is opening."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.access import anyone
from core.web.french import of_commune, typographic
from portal.signup.actions import Finished
from portal.signup.cookie import current
from portal.signup.steps import SignupStep, reached
from tenants.directory.departements import departement_named
from tenants.hosts import commune_url, space_url
from tenants.models import Commune, Signup, Space

View = Callable[..., HttpResponse]
StepView = Callable[[HttpRequest, Signup], HttpResponse]
SAFE = {"GET", "HEAD"}


def page(view: View) -> View:
    """A page of the opening: for anyone, read and posted, kept by no cache."""
    return anyone(require_http_methods(["GET", "HEAD", "POST"])(never_cache(view)))


def at(step: SignupStep) -> Callable[[StepView], View]:
    """Give the view its signup, or send the browser where it can go on."""

    def guard(view: StepView) -> View:
        @page
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            signup = current(request)
            if signup is None or _is_refused(signup):
                return lost(request)
            if signup.space is not None:
                typed = step is SignupStep.CODE and request.method == "POST"
                return view(request, signup) if typed else finished(request, signup)
            if hasattr(signup.commune, "space"):
                return taken(request, signup.commune)
            if request.method == "POST" and request.POST.get("commune", signup.commune_id) != signup.commune_id:
                return elsewhere(request, signup)
            if step > reached(signup):
                return redirect(reached(signup).url(signup.commune_id))
            try:
                return view(request, signup)
            except (Finished, Signup.DoesNotExist):
                return redirect("signup_code")

        return guarded

    return guard


def shown(request: HttpRequest, step: SignupStep, signup: Signup, status: int = 200, **context: Any) -> HttpResponse:
    """The page of a step, with how far it is and the way back."""
    full = {
        **named(signup.commune),
        "signup": signup,
        "step": int(step),
        "steps": len(SignupStep),
        "back": SignupStep(step - 1).url(signup.commune_id),
        **context,
    }
    return render(request, f"portal/signup/{step.name.lower()}.html", full, status=status)


def named(commune: Commune) -> dict[str, Any]:
    """A commune and the words around its name, under the names that pages of a commune use."""
    return {
        "commune": commune,
        "commune_name": typographic(commune.name),
        "of_commune": of_commune(commune.name),
        "departement": departement_named(commune.departement).name,
    }


def lost(request: HttpRequest) -> HttpResponse:
    """No opening goes with this browser: it never began, it is too old, or the cookie was refused."""
    return render(request, "portal/signup/lost.html", status=404)


def taken(request: HttpRequest, commune: Commune) -> HttpResponse:
    """The commune has its space: its administrator lets people in, without our saying who that is."""
    space = Space.objects.select_related("commune").get(commune=commune)
    context = {
        **named(commune),
        "pending": space.state == Space.State.PENDING,
        "url": space_url(space, "/mairie/"),
        "contact": settings.OPERATOR_EMAIL,
    }
    return render(request, "portal/signup/taken.html", context, status=200 if request.method in SAFE else 409)


def elsewhere(request: HttpRequest, signup: Signup) -> HttpResponse:
    """The form belongs to a commune that this browser left for another one, in another tab."""
    left = Commune.objects.filter(pk=request.POST["commune"].replace("\0", "")[:5]).first()
    context = {
        **named(signup.commune),
        "left": left,
        "left_name": typographic(left.name) if left else "",
        "go_on": reached(signup).url(signup.commune_id),
    }
    return render(request, "portal/signup/elsewhere.html", context, status=409)


def finished(request: HttpRequest, signup: Signup) -> HttpResponse:
    """This opening is over: to the space. A form may not lead to another host, so a posted one gets a page."""
    assert signup.space is not None
    url = space_url(signup.space, "/mairie/")
    if request.method in SAFE:
        return redirect(url)
    return render(request, "portal/signup/finished.html", {**named(signup.commune), "url": url})


def may_lead_to(response: HttpResponse, commune: Commune) -> HttpResponse:
    """Let the page's form end on the commune's host: browsers hold redirects of a form to the same policy."""
    response._csp_update = {"form-action": [commune_url(commune, "")]}  # type: ignore[attr-defined]
    return response


def _is_refused(signup: Signup) -> bool:
    """It opened a space that the operator refused and erased: the commune may be opened, by a new opening."""
    return signup.completed_at is not None and signup.space is None
