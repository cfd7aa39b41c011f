"""The night's work: hear what never came, catch up, compare, and tell the operator of each difference once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from billing.collecting.catching import catch_up
from billing.collecting.comparing import Difference, differences
from billing.collecting.replaying import replay
from billing.models import StripeDifference
from core.audit.actions import record
from core.delivery.actions import send_email
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.hosts import console_url

LOOKS_BACK = timedelta(days=3)


def night() -> int:
    """How many new differences were told."""
    replay(since=timezone.now() - LOOKS_BACK)
    catch_up()
    return tell(set(differences()))


@transaction.atomic
def tell(found: set[Difference]) -> int:
    """Keep what is found; write it down and to the operator when it is new; end what is found no more."""
    held = {(row.subject, row.text): row for row in StripeDifference.objects.select_for_update().filter(gone_at=None)}
    for difference, row in held.items():
        if difference not in found:
            StripeDifference.objects.filter(pk=row.pk).update(gone_at=timezone.now())
    new = sorted(found - held.keys())
    if not new:
        return 0
    StripeDifference.objects.bulk_create(StripeDifference(subject=subject, text=text) for subject, text in new)
    with entered(OPERATOR):
        for subject, text in new:
            record("billing.stripe_differs", target=subject, text=text)
        url = console_url(reverse("console:stripe", urlconf=settings.SITE_URLCONFS["console"]))
        context = {"differences": new, "count": len(new), "url": url}
        send_email("stripe_differences", to=settings.OPERATOR_EMAIL, context=context)
    return len(new)
