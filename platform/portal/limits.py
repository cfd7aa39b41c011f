"""How much strangers may ask of the portal, by where they come from and by the address they give."""

from django.http import HttpRequest

from core.web.throttle import client_address, too_many

HOUR = 3600


def too_many_openings(request: HttpRequest) -> bool:
    return too_many("signup", client_address(request), limit=30, seconds=HOUR)


def too_many_codes(request: HttpRequest, email: str) -> bool:
    """Both are counted, so that neither one address nor one mailbox is a way around the other."""
    sent_from = too_many("code-from", client_address(request), limit=20, seconds=HOUR)
    sent_to = too_many("code-to", email, limit=10, seconds=HOUR)
    return sent_from or sent_to


def too_many_tries(request: HttpRequest) -> bool:
    return too_many("code-try", client_address(request), limit=60, seconds=HOUR)


def too_many_watches(request: HttpRequest, email: str) -> bool:
    asked_from = too_many("watch-from", client_address(request), limit=20, seconds=HOUR)
    asked_for = too_many("watch-for", email, limit=5, seconds=HOUR)
    return asked_from or asked_for
