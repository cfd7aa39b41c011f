"""A space that is not open to the public is open to its staff only."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from core.accounts.access import access_of
from core.web.errors import status_page

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
READ_ONLY = (
    403,
    _("Votre espace est suspendu"),
    _("Vous pouvez tout relire, mais rien changer. L’espace mairie dit à qui écrire pour le rouvrir."),
)


class StateGate:
    """Lets the public into an active space only; staff come in always, to read at least."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        space = request.site.space  # type: ignore[attr-defined]
        access = access_of(view)
        if space is None or space.is_active or access is None or access.always:
            return None
        user: Any = request.user
        if not user.is_authenticated or not user.is_staff_member:
            return closed(request, *(SUSPENDED if space.state == "suspended" else PENDING))
        if space.state == "suspended" and request.method not in SAFE and not access.lasting:
            return closed(request, *READ_ONLY)
        return None


def closed(request: HttpRequest, status: int, title: Any, text: Any) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = {"error": {"code": "closed", "message": f"{title}. {text}", "fields": {}}}
        return JsonResponse(body, status=status, headers={"X-Robots-Tag": "noindex"})
    return status_page(request, status, title, text, template="space/closed.html")
