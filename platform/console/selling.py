"""The pages of what is sold, side by side under one entry of the menu."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool
    badge: int = 0


PAGES = ("subscriptions", "orders", "quotes", "invoices", "prices", "stripe")


def is_sold(path: str) -> bool:
    return path.startswith(tuple(reverse(f"console:{name}") for name in PAGES)) or "/abonnement/" in path


def tabs(path: str, orders: int) -> list[Tab]:
    """`orders` wait for an answer."""
    labels = (_("Abonnements"), _("Commandes"), _("Devis"), _("Factures"), _("Prix"), _("Stripe"))
    urls = [reverse(f"console:{name}") for name in PAGES]
    return [
        Tab(label, url, path.startswith(url), orders if name == "orders" else 0)
        for name, label, url in zip(PAGES, labels, urls, strict=True)
    ]
