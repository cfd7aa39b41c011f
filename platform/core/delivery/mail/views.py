"""The address that the mail service calls.

Few services sign what they send: the address holds a secret, as the ones of SMS do, compared in constant time. What
anymail checks besides (a signature, a password) is checked too.
"""

import logging
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.delivery.mail.hearing import PROVIDER, Heard
from core.delivery.tallies import count

logger = logging.getLogger(__name__)
# Services may send several events at once.
MOST = 500


def proves(secret: str) -> bool:
    """Whether an address is ours. Without a secret of our own, none is."""
    ours: str = settings.EMAIL_WEBHOOK_SECRET
    return bool(ours) and constant_time_compare(secret, ours)


@csrf_exempt  # the address says who calls
@never_cache
@require_http_methods(["HEAD", "POST"])  # some services try it by HEAD when it is typed in
def events(request: HttpRequest, secret: str) -> HttpResponse:
    reader = _reader() if proves(secret) else None
    if reader is None:
        logger.warning("forged event of a mail service refused")
        raise Http404("no such address")
    if request.method == "HEAD":
        return HttpResponse()
    try:
        reader.run_validators(request)
        heard = reader.parse_events(request)[:MOST]
    except AnymailWebhookValidationFailure as error:
        logger.warning("forged event of a mail service refused")
        raise Http404("no such address") from error
    except Exception:  # whatever was sent, it is not what the service's documentation says
        logger.warning("an event of the mail service cannot be read", exc_info=True)
        count(PROVIDER, Heard.UNREADABLE)
        return HttpResponse(status=400)
    for event in heard:
        reader.signal.send(sender=type(reader), event=event, esp_name=reader.esp_name)
    return HttpResponse()


def _reader() -> Any:
    """anymail's reader of the service's events, None for a mail server or a service that tells nothing."""
    try:
        found = resolve(f"/{settings.EMAIL_SERVICE}/tracking/", "anymail.urls")
    except Resolver404:
        return None
    view: Any = found.func
    return type("Reader", (view.view_class,), {"warn_if_no_basic_auth": False})()  # the address proves who calls
