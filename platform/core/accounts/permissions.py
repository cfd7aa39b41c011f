"""Which role may do what in the shell; what modules bring is said by their manifests. An administrator may do all."""

from collections.abc import Mapping

from django.conf import settings

from core.catalogue import Role

SHELL: Mapping[str, frozenset[Role]] = {
    "space.people": frozenset(),
    "space.settings": frozenset(),
    "space.modules": frozenset(),
    "space.export": frozenset(),
    "space.organisation": frozenset(),
    "delivery.numbers": frozenset({Role.AGENT}),
    "space.journal": frozenset({Role.OBSERVER, Role.ELECTED}),
    # What the subscription is and costs; its references, its payments; what binds the commune.
    "billing.read": frozenset({Role.ACCOUNTANT, Role.ELECTED}),
    "billing.write": frozenset({Role.ACCOUNTANT}),
    "billing.order": frozenset(),
}


def may(role: Role, perm: str) -> bool:
    """Whether a role gives a right. The operator's only right is `console`, and nobody else has it."""
    if perm == "console" or role is Role.OPERATOR:
        return perm == "console" and role is Role.OPERATOR
    if role is Role.ADMINISTRATOR:
        return True
    return role in SHELL.get(perm, frozenset()) or perm in settings.CATALOGUE.permissions_of(role)
