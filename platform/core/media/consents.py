"""Pictures of people whose agreement is over, or will be soon."""

from datetime import timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from core.media.models import Asset, Consent

SOON: Final = timedelta(days=30)


def ending_consents() -> QuerySet[Asset]:
    """Those that may not be shown after a day that is past or near, the first to end first."""
    last = timezone.localdate() + SOON
    return Asset.objects.filter(consent=Consent.WRITTEN, consent_until__lte=last).order_by("consent_until", "pk")
