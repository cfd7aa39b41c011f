"""What the security of an account keeps about its owner."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.privacy.registry import forgets, keeps
from core.privacy.retention import some
from core.security.models import AddressChange, TrustedDevice
from core.security.second_factor import factors
from core.security.sessions import forget_sessions, sessions_of

KINDS = {
    Authenticator.Type.TOTP: gettext_lazy("application de codes"),
    Authenticator.Type.WEBAUTHN: gettext_lazy("clé d’accès"),
}


@keeps(gettext_lazy("La sécurité de votre compte"), order=20)
def protection(user: User) -> Iterable[PersonalRecord]:
    """Never the secrets themselves."""
    for factor in factors(user):
        kept: dict[str, Any] = {
            "moyen": KINDS[factor.type],
            "nom": factor.data.get("name", ""),
            "servi le": factor.last_used_at,
        }
        yield PersonalRecord(_("Double vérification"), factor.created_at, kept)
    for session in sessions_of(user):
        kept = {"appareil": session.browser, "vu le": session.seen_on}
        yield PersonalRecord(_("Appareil connecté"), session.since, kept)
    for known in user.trusted_devices.all():
        kept = {"appareil": known.browser, "vu le": known.seen_on}
        yield PersonalRecord(_("Appareil de confiance"), known.since, kept)
    for change in user.address_changes.all():
        yield PersonalRecord(_("Changement d’adresse"), change.at, {"avant": change.old, "après": change.new})


@forgets(
    gettext_lazy("Les appareils connectés"),
    months=3,
    why=gettext_lazy("Vous reconnaître jusqu’à trois mois après votre dernière visite."),
)
def old_sessions(before: datetime) -> int:
    return forget_sessions(before)


@forgets(
    gettext_lazy("Les appareils de confiance"),
    months=6,
    why=gettext_lazy("Pouvoir alerter la nuit sans se connecter, tant que l’appareil sert."),
)
def old_devices(before: datetime) -> int:
    return some(TrustedDevice.objects.filter(seen_on__lt=before.date())).delete()[0]


@forgets(
    gettext_lazy("Les changements d’adresse e-mail"),
    months=12,
    why=gettext_lazy("Pouvoir rendre son compte à qui se l’est fait prendre."),
)
def old_changes(before: datetime) -> int:
    return some(AddressChange.objects.filter(at__lte=before, until__lte=timezone.now())).delete()[0]
