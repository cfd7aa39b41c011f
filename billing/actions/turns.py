"""One order, change or run at a time for a commune: whoever takes a number has its turn already, so that none waits for
another who waits for it."""

from collections.abc import Iterable

from billing.models import Subscription
from tenants.models import Commune


def take_turn(communes: Iterable[str]) -> None:
    """Hold these communes, by INSEE code, and their subscriptions until the end of the caller's transaction."""
    wanted = sorted(communes)
    list(Commune.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk").values_list("pk"))
    list(Subscription.objects.select_for_update().filter(commune__in=wanted).order_by("pk").values_list("pk"))
