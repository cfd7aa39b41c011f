"""What every answer says to browsers: who may use it, how long to keep it, what its page may ask of the machine."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"


class Headers:
    """Stands outside everything that answers: a refused host, a static file and a fault have them too.

    A view that says how long it is kept is believed; else nothing keeps what was made for one browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        response.headers.setdefault("Cache-Control", PRIVATE if known else "no-cache")
        if response.cookies and "private" not in response["Cache-Control"]:
            response["Cache-Control"] = PRIVATE
        return response
