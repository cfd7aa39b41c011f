"""Errors in one shape: `{"error": {"code", "message", "fields"}}`, whoever refuses."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

_MESSAGES = {
    "invalid": _("Certaines informations sont à corriger."),
    "parse_error": _("Le corps de la requête n’est pas du JSON que nous savons lire."),
    "not_authenticated": _("Connectez-vous pour faire cela."),
    "permission_denied": _("Votre compte n’a pas le droit de faire cela."),
    "csrf_failed": _("Le jeton CSRF manque ou n’est plus valable."),
    "not_found": _("Il n’y a rien à cette adresse."),
    "gone": _("Ce qui était à cette adresse a été retiré."),
    "method_not_allowed": _("Cette adresse ne répond pas à cette méthode."),
    "not_acceptable": _("Nous ne répondons dans aucun des formats demandés."),
    "unsupported_media_type": _("Envoyez du JSON, avec l’en-tête Content-Type: application/json."),
    "throttled": _("Trop de requêtes : attendez avant de réessayer."),
}
_CODES = {
    400: "bad_request",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    410: "gone",
    413: "too_long",
    429: "throttled",
    503: "closed",
}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Give every error of a view its shape; None leaves what is no answer to a program to the server's own."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        fields = response.data if isinstance(response.data, dict) else {"non_field_errors": response.data}
        response.data = _shaped("invalid", _MESSAGES["invalid"], _writable(fields))
        return response
    code = _code(error)
    response.data = _shaped(code, _MESSAGES.get(code) or _detail(response.data), {})
    return response


def refusal(status: int, message: Any) -> JsonResponse:
    """The same shape for a refusal that comes before any view, or instead of one."""
    code = _CODES.get(status, "error")
    return JsonResponse(_shaped(code, _MESSAGES.get(code, message), {}), status=status)


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return NotFound.default_code
    if isinstance(error, DjangoPermissionDenied):
        return PermissionDenied.default_code
    if not isinstance(error, APIException):
        return "error"
    if isinstance(error, PermissionDenied) and str(error.detail).startswith("CSRF"):
        return "csrf_failed"
    return str(error.default_code)


def _writable(fields: Any) -> Any:
    """The same, where an error repeats half a character that was sent: no answer can hold it."""
    return json.loads(json.dumps(fields, ensure_ascii=False).encode(errors="replace"))


def _detail(data: Any) -> Any:
    return data.get("detail", "") if isinstance(data, dict) else ""


def _shaped(code: str, message: Any, fields: Any) -> dict[str, Any]:
    return {"error": {"code": code, "message": str(message), "fields": fields}}
