"""For how long the alerts keep what became of each message for each person."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from core.privacy.registry import forgets
from core.privacy.retention import some
from modules.alerts.models import Outcomes


@forgets(
    gettext_lazy("Les preuves des alertes"),
    months=12,
    why=gettext_lazy(
        "Montrer à un juge ou au préfet qui a été prévenu d’un danger : votre adresse y est masquée et scellée."
    ),
)
def old_outcomes(before: datetime) -> int:
    """The log keeps the sums, and the print of what was erased."""
    return some(Outcomes.objects.filter(made_at__lte=before, packed__isnull=False)).update(packed=None)
