"""Roles in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.catalogue import Role

LABELS = {
    Role.ADMINISTRATOR: _("Administration"),
    Role.EDITOR: _("Rédaction"),
}
CHOICES = [
    (str(Role.ADMINISTRATOR), _("Administration : tout régler, donner les rôles")),
    (str(Role.EDITOR), _("Rédaction : écrire et publier")),
]
MEANINGS = {
    Role.ADMINISTRATOR: _("Vous administrez l’espace de la commune : vous pouvez tout y faire."),
    Role.EDITOR: _("Vous écrivez et publiez au nom de la mairie."),
}
RESIDENT = _("Vous lisez l’espace de la commune et vous pouvez y prendre part.")


def meanings(roles: Iterable[Role]) -> list[object]:
    return [MEANINGS[role] for role in MEANINGS if role in set(roles)] or [RESIDENT]
