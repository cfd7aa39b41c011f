"""What people see when something is refused, missing or broken. Nothing here may fail."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.api.errors import refusal

logger = logging.getLogger(__name__)

_SHELLS = {"portal": "web/portal.html", "unopened": "web/portal.html", "space": "web/space.html"}

_PLAIN = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title>
<link rel="stylesheet" href="/static/web/css/base.css">
<link rel="stylesheet" href="/static/web/css/components.css"></head>
<body><main class="wrap"><h1>{title}</h1><p>{text}</p><p><a href="/">Revenir à l’accueil</a></p></main></body></html>
"""
_FORBIDDEN = (
    _("Cette page ne vous est pas ouverte"),
    _("Votre compte n’a pas le droit d’entrer ici. La mairie peut vous donner ce droit."),
)
_NOT_FOUND = (
    _("Cette page n’existe pas"),
    _("L’adresse est fausse, ou la page a été retirée."),
)
_UNREADABLE = (
    _("Cette demande n’a pas pu être lue"),
    _("Ce que vous avez envoyé est arrivé incomplet. Revenez en arrière et réessayez."),
)
_TOO_LONG = (
    _("C’est trop long pour être reçu"),
    _("Rien n’a été enregistré. Revenez en arrière, raccourcissez votre texte ou choisissez un fichier plus léger."),
)
_BROKEN = (
    _("Une erreur s’est produite"),
    _("Elle vient de nous, et nous en sommes prévenus. Réessayez dans quelques minutes."),
)
_TOO_MANY = (
    _("Trop de demandes à la suite"),
    _("Attendez quelques minutes, puis réessayez."),
)
_NOT_THIS_WAY = (
    _("Cette adresse ne répond pas à cette demande"),
    _("Elle s’ouvre ou se remplit autrement. Revenez à l’accueil, puis reprenez le chemin de la page."),
)
_STALE_FORM = (
    _("Ce formulaire n’est plus valable"),
    _("Il est resté ouvert trop longtemps. Revenez en arrière, rechargez la page et réessayez."),
)
_NO_COOKIES = (
    _("Votre navigateur refuse nos cookies"),
    _("Sans eux, nous ne pouvons pas vous reconnaître. Acceptez ceux de ce site, rechargez la page et réessayez."),
)


def status_page(
    request: HttpRequest, status: int, title: Any, text: Any, *, template: str = "web/status.html", **context: Any
) -> HttpResponse:
    """A whole page that says one thing, inside the site's shell; plain HTML when even the shell is broken. A program
    gets the same in JSON."""
    if request.path.startswith("/api/"):
        return refusal(status, text)
    try:
        full = {"status": status, "title": title, "text": text, "shell": shell_of(request), **context}
        html: str = render_to_string(template, full, request)
    except Exception:
        logger.exception("the status page %s could not be drawn", status)
        html = _PLAIN.format(title=title, text=text)
    response = HttpResponse(html, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def shell_of(request: HttpRequest) -> str | None:
    """The template of the site around a page, None where there is no site."""
    return _SHELLS.get(str(getattr(getattr(request, "site", None), "kind", "")))


class WordedRefusals:
    """Says in words what Django refuses with an empty page: a method that an address does not know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        worded = status_page(request, 405, *_NOT_THIS_WAY)
        worded["Allow"] = response["Allow"]
        return worded


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_long = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return status_page(request, 413, *_TOO_LONG) if too_long else status_page(request, 400, *_UNREADABLE)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return status_page(request, 403, *_FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return status_page(request, 404, *_NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return status_page(request, 500, *_BROKEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return status_page(request, 403, *(_NO_COOKIES if reason == REASON_NO_CSRF_COOKIE else _STALE_FORM))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return status_page(request, 429, *_TOO_MANY)
