"""What the console shows around each of its pages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from console.orders import waiting_orders
from console.queries import waiting
from console.selling import is_sold, tabs


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the menu; `badge` is how much waits behind it."""

    label: str
    url: str
    icon: str
    current: bool
    badge: int = 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """The menu, for an operator; nothing on other sites."""
    site: Any = getattr(request, "site", None)
    user: Any = getattr(request, "user", None)
    if site is None or site.kind != "console" or user is None or not user.has_perm("console"):
        return {}
    orders = waiting_orders()
    return {"console_nav": menu(request.path, orders), "selling": tabs(request.path, orders)}


def menu(path: str, orders: int) -> list[Link]:
    communes, mandates, subscriptions, sms, journal = (
        reverse(f"console:{name}") for name in ("communes", "mandates", "subscriptions", "providers", "journal")
    )
    sold = is_sold(path)
    return [
        Link(_("Communes"), communes, "town", path == communes or (path.startswith("/communes/") and not sold)),
        Link(_("Mandats"), mandates, "shield", path.startswith(mandates), waiting().count()),
        Link(_("Abonnements"), subscriptions, "table", sold, orders),
        Link(_("SMS"), sms, "chat", path.startswith(sms)),
        Link(_("Journal"), journal, "clock", path.startswith(journal)),
    ]
