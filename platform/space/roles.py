"""Roles in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.catalogue import Role

LABELS = {
    Role.ADMINISTRATOR: _("Administration"),
    Role.EDITOR: _("Rédaction"),
    Role.VALIDATOR: _("Validation"),
    Role.AGENT: _("Service"),
    Role.ELECTED: _("Conseil municipal"),
    Role.ACCOUNTANT: _("Comptabilité"),
    Role.OBSERVER: _("Observation"),
}
CHOICES = [
    (str(Role.ADMINISTRATOR), _("Administration : tout régler, donner les rôles")),
    (str(Role.EDITOR), _("Rédaction : écrire et publier")),
    (str(Role.VALIDATOR), _("Validation : relire, corriger et publier")),
    (str(Role.AGENT), _("Service : écrire pour son service, sans publier")),
    (str(Role.ELECTED), _("Conseil municipal : lire le journal de la mairie et l’abonnement, sans rien changer")),
    (str(Role.ACCOUNTANT), _("Comptabilité : l’abonnement, ses références et ses factures, rien d’autre")),
    (str(Role.OBSERVER), _("Observation : lire le journal de la mairie, sans rien changer")),
]
MEANINGS = {
    Role.ADMINISTRATOR: _("Vous administrez l’espace de la commune : vous pouvez tout y faire."),
    Role.EDITOR: _("Vous écrivez et publiez au nom de la mairie."),
    Role.VALIDATOR: _("Vous relisez, corrigez et publiez au nom de la mairie."),
    Role.AGENT: _("Vous écrivez pour votre service ; une autre personne publie."),
    Role.ELECTED: _("Vous siégez au conseil municipal : vous lisez le journal de la mairie et l’abonnement."),
    Role.ACCOUNTANT: _("Vous tenez la comptabilité : vous voyez l’abonnement de la commune et ses factures."),
    Role.OBSERVER: _("Vous lisez le journal de la mairie, sans rien y changer."),
}
RESIDENT = _("Vous lisez l’espace de la commune et vous pouvez y prendre part.")


def meanings(roles: Iterable[Role]) -> list[object]:
    return [MEANINGS[role] for role in MEANINGS if role in set(roles)] or [RESIDENT]
