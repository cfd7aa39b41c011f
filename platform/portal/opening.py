"""Opening a commune's space with all that it needs on its first day."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from billing.actions.entitling import begin_trial
from core.accounts.actions import PLATFORM, add_person, grant_role, verify
from core.accounts.models import User
from core.audit.actions import record
from core.catalogue import Role
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.models import Commune, Space
from tenants.opening import open_space
from tenants.sites import commune_facts
from tenants.switches import switch_on


@dataclass(frozen=True, slots=True)
class Opened:
    """A space that waits for its mandate, and who administers it."""

    space: Space
    administrator: User


@transaction.atomic
def open_commune(commune: Commune, *, modules: Iterable[str], email: str, name: str, is_demo: bool = False) -> Opened:
    """Open the space with these modules on, and what they need, for a first administrator whose address is proved.

    Every module makes its first rows, those that are off too: switching one on later makes none.
    Raises AlreadyOpen and NoPrices, changing nothing.
    """
    space = open_space(commune, is_demo=is_demo)
    begin_trial(space, author=PLATFORM)
    chosen = sorted(settings.CATALOGUE.closed(modules))
    for slug in chosen:
        switch_on(space, slug, author=email)
    with entered(space.here):
        facts = commune_facts(commune)
        for manifest in settings.CATALOGUE:
            if opened := settings.CATALOGUE.hook(manifest.slug, "opened"):
                opened(facts)
        administrator = add_person(email=email, name=name)
        verify(administrator)
        grant_role(administrator, Role.ADMINISTRATOR, author=None)
        record("tenants.opened", target=str(commune), author=administrator, modules=chosen)
    with entered(OPERATOR):
        record("tenants.opened", target=str(commune), insee=commune.insee, modules=chosen)
    return Opened(space, administrator)
