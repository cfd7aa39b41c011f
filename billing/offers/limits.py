"""How much strangers may ask, by where they come from and by the address they give."""

from django.http import HttpRequest

from core.web.throttle import client_address, too_many

HOUR = 3600


def too_many_quotes(request: HttpRequest, email: str) -> bool:
    """Both are counted, so that neither one address nor one mailbox is a way around the other."""
    asked_from = too_many("quote-from", client_address(request), limit=20, seconds=HOUR)
    sent_to = too_many("quote-to", email, limit=5, seconds=HOUR)
    return asked_from or sent_to


def too_many_orders(request: HttpRequest, quote: str) -> bool:
    """A file is read each time: somebody who mistypes a SIRET tries again, nobody tries all day."""
    sent_from = too_many("order-from", client_address(request), limit=40, seconds=HOUR)
    sent_for = too_many("order-for", quote, limit=20, seconds=HOUR)
    return sent_from or sent_for


def too_many_renewals(request: HttpRequest) -> bool:
    return too_many("quote-again", client_address(request), limit=20, seconds=HOUR)
