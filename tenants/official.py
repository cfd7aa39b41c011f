"""The mairie's own mailbox, as the State's directory knows it."""

from django.conf import settings

from tenants.models import Commune


def official_mailbox(commune: Commune) -> str:
    """Its address in lower case, empty when nobody knows it. The demo simulates one for every commune."""
    if commune.official_email:
        return commune.official_email.lower()
    return f"mairie@{commune.slug}.example" if settings.DEMO else ""
