"""Stripe's events: signed, heard once, and answered when what they change is kept.

200: heard, or heard before. 400: forged, old or unreadable. 404: no keys here. 413: too long. 503: try again later.
"""

import json
import logging
from typing import Any

import stripe
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.collecting import hear, offered

logger = logging.getLogger(__name__)
LONGEST = 512 * 1024
TOLERANCE = 300


@csrf_exempt  # the signature says who calls
@never_cache
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    if not offered():
        return HttpResponse(status=404)
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > LONGEST:
        return HttpResponse(status=413)
    event = _event(request.body, request.headers.get("Stripe-Signature", ""))
    if event is None:
        logger.warning("an event that Stripe did not sign was refused")
        return HttpResponse(status=400)
    try:
        hear(event)
    except (stripe.StripeError, DatabaseError):
        logger.warning("an event of Stripe's is to come again", exc_info=True)
        return HttpResponse(status=503)
    return HttpResponse(status=200)


def _event(body: bytes, signature: str) -> dict[str, Any] | None:
    """What was said, None unless Stripe said it, and lately."""
    try:
        text = body.decode()
        stripe.WebhookSignature.verify_header(text, signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE)
        said = json.loads(text)
    except (ValueError, IndexError, RecursionError, stripe.SignatureVerificationError):
        return None
    return said if _is_event(said) else None


def _is_event(said: Any) -> bool:
    if not isinstance(said, dict) or said.get("object") != "event" or not isinstance(said.get("data"), dict):
        return False
    name, thing = said.get("id"), said["data"].get("object")
    named = isinstance(name, str) and 0 < len(name) <= 64 and isinstance(said.get("type"), str)
    return named and isinstance(thing, dict) and isinstance(said.get("created"), int)
