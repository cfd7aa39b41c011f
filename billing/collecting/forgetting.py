"""How long what Stripe told us is kept. What mirrors an invoice or a subscription is kept as long as it is."""

from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from billing.models import StripeDifference, StripeEvent, StripeInvoice, StripePayment, StripeSubscription
from core.audit.actions import record
from core.privacy.retention import MOST, months_before, some
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR

# A debit that nobody allowed is contested for thirteen months (Code monétaire et financier, L133-24); Stripe itself
# tells an event again for three days, and shows it for thirty.
MONTHS: Final = 13
FORGOTTEN: Final[dict[type[Model], tuple[Any, str]]] = {
    StripeEvent: (gettext_lazy("Les événements reçus de Stripe"), "received_at"),
    StripeDifference: (gettext_lazy("Les différences avec Stripe qui ont été réglées"), "gone_at"),
}
LASTING: Final[tuple[type[Model], ...]] = (StripeInvoice, StripePayment, StripeSubscription)


def forget() -> int:
    """Erase what is past its term, batch after batch; how much it was."""
    before, erased = months_before(MONTHS, timezone.now()), {}
    for model, (label, since) in FORGOTTEN.items():
        if count := _erased(model._default_manager.filter(Q((f"{since}__lte", before)))):
            erased[str(label)] = count
    if erased:
        with entered(OPERATOR):
            record("privacy.forgotten", erased=erased)
    return sum(erased.values())


def _erased(rows: QuerySet[Any]) -> int:
    total = 0
    while count := some(rows).delete()[0]:
        total += count
        if count < MOST:
            break
    return total
