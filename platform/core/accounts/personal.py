"""What accounts keep about a person."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord, Role
from core.privacy.registry import keeps

ROLES = {
    Role.ADMINISTRATOR: gettext_lazy("administration"),
    Role.EDITOR: gettext_lazy("rédaction"),
    Role.VALIDATOR: gettext_lazy("validation"),
    Role.AGENT: gettext_lazy("service"),
    Role.ELECTED: gettext_lazy("conseil municipal"),
    Role.ACCOUNTANT: gettext_lazy("comptabilité"),
    Role.OBSERVER: gettext_lazy("observation"),
    Role.OPERATOR: gettext_lazy("exploitation"),
}


@keeps(gettext_lazy("Votre compte"), order=10)
def account(user: User) -> Iterable[PersonalRecord]:
    content: dict[str, Any] = {"adresse e-mail": user.email, "nom": user.name, "adresse vérifiée le": user.verified_at}
    yield PersonalRecord(_("Compte"), user.joined_at, content)
    for grant in user.grants.all():
        role = ROLES.get(Role(grant.role), grant.role)
        given: dict[str, Any] = {"rôle": role, "donné par": grant.author}
        if grant.ended_at:
            given |= {"retiré le": grant.ended_at, "retiré par": grant.ended_by}
        yield PersonalRecord(_("Rôle"), grant.since, given)
    for block in user.blocks.all():
        kept: dict[str, Any] = {"raison": block.reason, "fermé par": block.author, "rouvert le": block.lifted_at}
        yield PersonalRecord(_("Accès fermé"), block.since, kept)
    yield from _residency(user)


def _residency(user: User) -> Iterable[PersonalRecord]:
    for proof in user.proofs.all():
        content: dict[str, Any] = {
            "niveau": proof.get_level_display(),
            "comment": proof.get_method_display(),
            "ce qui a été vu": proof.seen,
            "par": proof.author,
            "jusqu’au": proof.expires_at,
            "retiré le": proof.withdrawn_at,
            "raison": proof.reason,
        }
        yield PersonalRecord(_("Domicile vérifié"), proof.since, content)
    for letter in user.letters.all():
        sent: dict[str, Any] = {"nom": letter.name, "adresse": letter.address, "posté le": letter.posted_at}
        yield PersonalRecord(_("Courrier demandé"), letter.asked_at, sent)
