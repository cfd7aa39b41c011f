"""A space that is not open to the public is open to its staff only."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from core.accounts.access import access_of
from core.web.errors import status_page
from tenants.middleware import module_of_namespaces

SAFE = {"GET", "HEAD", "OPTIONS"}
PENDING = (
    404,
    _("La mairie prépare son espace"),
    _("Il ouvrira dès que nous aurons vérifié avec elle que c’est bien le sien. Revenez bientôt."),
)
SUSPENDED = (
    503,
    _("Cet espace est suspendu"),
    _("Il n’est plus ouvert pour le moment. Rien de ce qui y était publié n’est perdu."),
)
SUSPENDED_TO_STAFF = (
    403,
    _("Votre espace est suspendu"),
    _("Vous pouvez tout relire, mais rien changer. L’espace mairie dit à qui écrire pour le rouvrir."),
)
READ_ONLY = (
    403,
    _("Cet espace est en lecture seule"),
    _(
        "L’abonnement de la mairie est terminé : tout se lit encore, mais rien ne s’écrit ici, sauf les alertes. "
        "Ce que vous venez d’envoyer n’a pas été enregistré."
    ),
)


class StateGate:
    """Lets the public into an open space only; staff come in always, to read at least.

    In a space that may only be read, nothing is taken but by routes that say so and by vital modules.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        space = request.site.space  # type: ignore[attr-defined]
        access = access_of(view)
        if space is None or access is None or access.always or space.state == "active":
            return None
        if space.is_read_only:
            kept = request.method in SAFE or access.lasting or is_vital(request)
            return None if kept else closed(request, *READ_ONLY)
        user: Any = request.user
        if not user.is_authenticated or not user.is_staff_member:
            return closed(request, *(SUSPENDED if space.state == "suspended" else PENDING))
        if space.state == "suspended" and request.method not in SAFE and not access.lasting:
            return closed(request, *SUSPENDED_TO_STAFF)
        return None


def is_vital(request: HttpRequest) -> bool:
    """Whether an address belongs to a module that is never cut."""
    match = request.resolver_match
    module = module_of_namespaces(match.namespaces) if match else ""
    return bool(module) and settings.CATALOGUE[module].vital


def closed(request: HttpRequest, status: int, title: Any, text: Any) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = {"error": {"code": "closed", "message": f"{title}. {text}", "fields": {}}}
        return JsonResponse(body, status=status, headers={"X-Robots-Tag": "noindex"})
    return status_page(request, status, title, text, template="space/closed.html")
