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
