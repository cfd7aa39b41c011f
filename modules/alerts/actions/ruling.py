"""Deciding how many people it takes to alert."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.audit.actions import record
from core.tenancy.here import current
from modules.alerts.models import AlertRules
from modules.alerts.queries.rules import ENOUGH, rules, validators

ALONE = _("Une seule personne peut envoyer les alertes : donnez d’abord ce rôle à une deuxième.")


@transaction.atomic
def rule(*, two_people: bool, author: Any) -> None:
    """Ask for a second person, or no more. Asked already, nothing changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{current().schema_name}.alert_rules"]
        )
    if rules().two_people == two_people:
        return
    if two_people and validators() < ENOUGH:
        raise ValidationError({"two_people": ValidationError(ALONE, code="alone")})
    AlertRules.objects.create(two_people=two_people, author=author)
    record("alerts.ruled", author=author, two_people=two_people)
