"""What the shell does with consequences: each with its line in the journal."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.accounts.actions import add_person, grant_role
from core.accounts.models import User
from core.audit.actions import record
from core.catalogue import Role
from core.delivery.actions import send_email
from tenants.appearance import set_appearance, set_custom_name
from tenants.models import Mandate, MandateMessage, Space
from tenants.switches import set_options, switch_off, switch_on


@transaction.atomic
def dress(space: Space, choices: Mapping[str, str], *, author: User) -> None:
    """Choose arms, colour and landscape."""
    set_appearance(space, **choices)
    record("space.appearance_set", author=author, **choices)


@transaction.atomic
def name_host(space: Space, name: str, *, author: User) -> None:
    """Choose the space's own address. Raises NameRefused, changing nothing."""
    set_custom_name(space, name)
    record("space.host_named", target=name, author=author)


@transaction.atomic
def tune(space: Space, module: str, values: Mapping[str, Any], *, author: User) -> None:
    """Change a module's options."""
    set_options(space, module, values, author=author.email)
    record("space.options_set", target=module, author=author, **values)


@transaction.atomic
def turn_on(space: Space, module: str, *, author: User) -> frozenset[str]:
    """Raises NotEntitled, changing nothing."""
    changed = switch_on(space, module, author=author.email)
    for each in sorted(changed):
        record("space.module_on", target=each, author=author)
    return changed


@transaction.atomic
def turn_off(space: Space, module: str, *, author: User) -> frozenset[str]:
    changed = switch_off(space, module, author=author.email)
    for each in sorted(changed):
        record("space.module_off", target=each, author=author)
    return changed


@transaction.atomic
def invite(*, email: str, name: str, role: Role, author: User) -> User:
    """Give somebody of the mairie a role and tell them; a person already known keeps their name."""
    user = add_person(email=email, name=name)
    if grant_role(user, role, author=author):
        send_email("invitation", to=user.email, context={"name": user.name, "author": author.display_name})
    return user


@transaction.atomic
def answer_operator(mandate: Mandate, *, text: str, author: User) -> None:
    MandateMessage.objects.create(
        mandate=mandate, side=MandateMessage.Side.MAIRIE, author=author.email, text=text.strip()
    )
    record("space.mandate_answered", author=author)
