"""Writing entitlements."""

from django.conf import settings
from django.db import transaction

from tenants.models import Entitlement, Space

TRIAL = "trial"


@transaction.atomic
def grant_trial(space: Space, *, author: str) -> None:
    """Entitle a commune that opens to every module, without an end while no price book is in force."""
    Entitlement.objects.bulk_create(
        (
            Entitlement(space=space, module=slug, source=TRIAL, author=author)
            for slug in sorted(settings.CATALOGUE.slugs)
        ),
        ignore_conflicts=True,
    )
    space.changed()
