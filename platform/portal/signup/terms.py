"""Which text is in force. Each version has its folder of templates; one that somebody accepted is never edited."""

from datetime import date

from django.conf import settings

VERSION = "2026-11"
IN_FORCE_SINCE = date(2026, 11, 24)


def words() -> dict[str, object]:
    """What the texts name: the version, its date, the operator's address, and each module's processing."""
    return {
        "version": VERSION,
        "since": IN_FORCE_SINCE,
        "contact": settings.OPERATOR_EMAIL,
        "domain": settings.BASE_DOMAIN,
        "manifests": settings.CATALOGUE,
    }
