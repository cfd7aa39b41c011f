"""Orders by what was answered."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from billing.models import Order

STATES = {"": _("En attente"), "accepted": _("Acceptées"), "refused": _("Refusées")}
_WAITING = Q(accepted_at__isnull=True, refused_at__isnull=True)
_OF = {"": _WAITING, "accepted": Q(accepted_at__isnull=False), "refused": Q(refused_at__isnull=False)}


def orders_in(state: str) -> QuerySet[Order]:
    """The oldest first while they wait, the last answered first afterwards."""
    order = {"": "received_at", "accepted": "-accepted_at", "refused": "-refused_at"}[state]
    return Order.objects.filter(_OF[state]).select_related("quote__account").order_by(order, "pk")


def order_counts() -> dict[str, int]:
    """How many in each state; those that wait are under the empty key."""
    found = Order.objects.aggregate(**{name or "waiting": Count("pk", filter=which) for name, which in _OF.items()})
    return {name: found[name or "waiting"] for name in _OF}


def waiting_orders() -> int:
    return Order.objects.filter(_WAITING).count()
