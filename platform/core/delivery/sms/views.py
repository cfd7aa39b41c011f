"""The addresses that providers call.

Neither signs a call. OVHcloud sends nothing that proves who calls. Brevo can be told to send a user and password or a
bearer token with the webhooks of an account, not with those of one message, which we use. So the address itself holds a
secret, compared in constant time; a wrong one is told that there is nothing here.
"""

import json
import logging
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core.delivery.sms.reading import of_brevo, of_ovh
from core.delivery.sms.receipts import Kind, Receipt, Reply, hear

logger = logging.getLogger(__name__)
# Brevo may send several events at once.
MOST = 500


def proves(secret: str) -> bool:
    """Whether an address is ours. Without a secret of our own, none is."""
    ours: str = settings.SMS_WEBHOOK_SECRET
    return bool(ours) and constant_time_compare(secret, ours)


def _check(request: HttpRequest, secret: str) -> None:
    if not proves(secret):
        logger.warning("forged SMS receipt refused")
        raise Http404("no such address")


@csrf_exempt  # the address says who calls
@never_cache
@require_http_methods(["GET", "POST"])  # OVHcloud tells receipts by GET, answers by POST
def ovh(request: HttpRequest, secret: str) -> HttpResponse:
    _check(request, secret)
    said = request.POST if request.method == "POST" else request.GET
    return _told("ovh", [of_ovh({name: value for name, value in said.items() if isinstance(value, str)})])


@csrf_exempt  # the address says who calls
@never_cache
@require_POST
def brevo(request: HttpRequest, secret: str) -> HttpResponse:
    _check(request, secret)
    try:
        said: Any = json.loads(request.body)
    except (ValueError, RecursionError):
        said = None
    events = said[:MOST] if isinstance(said, list) else [said]
    return _told("brevo", [of_brevo(each) for each in events])


def _told(provider: str, heard: list[Receipt | Reply | None]) -> HttpResponse:
    """What cannot be read is refused, so that the provider's own page shows it; the rest is done with, doubles too."""
    kinds = [hear(provider, each) for each in heard]
    return HttpResponse(status=400 if kinds and set(kinds) == {Kind.UNREADABLE} else 204)
