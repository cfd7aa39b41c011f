"""Errors in one shape: `{"error": {"code", "message", "fields"}}`."""

from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    response = exception_handler(error, context)
    if response is None:
        return None
    code = error.default_code if isinstance(error, APIException) else "error"
    fields = response.data if isinstance(error, ValidationError) else {}
    message = "Certaines informations sont à corriger." if fields else str(response.data.get("detail", ""))
    response.data = {"error": {"code": code, "message": message, "fields": fields}}
    return response
