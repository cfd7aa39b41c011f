"""Whether a second person must read an alert before it leaves."""

from typing import Any

from core.accounts.models import User
from core.accounts.permissions import may
from core.catalogue import Role
from modules.alerts.models import Alert, AlertRules

ENOUGH = 2


def rules() -> AlertRules:
    """Those in use; never kept, those that go without saying."""
    return AlertRules.objects.select_related("author").order_by("-at", "-pk").first() or AlertRules()


def validators() -> int:
    """How many people may send alerts now."""
    roles = [role.value for role in Role if may(role, "alerts.send")]
    held = User.objects.filter(is_active=True, grants__role__in=roles, grants__ended_at__isnull=True)
    return held.distinct().count()


def needs_another(alert: Alert, person: Any) -> bool:
    """Whether somebody else than this person must send it: they wrote its words, or nobody whom we know did; two people
    are asked for, there are two, and no life is at stake."""
    if alert.is_vital or (alert.writer_id and alert.writer_id != getattr(person, "pk", None)):
        return False
    return rules().two_people and validators() >= ENOUGH
