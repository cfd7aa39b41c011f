"""What the shell does with consequences: each with its line in the journal."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.accounts.actions import set_role
from core.accounts.invitations import just_sent, promise, renew
from core.accounts.models import Invitation, User
from core.audit.actions import record
from core.catalogue import Role
from core.delivery.actions import send_email
from core.organisation.actions import end_delegations_of
from core.security.sessions import end_sessions
from core.web.meanwhile import heard
from space.roles import LABELS
from tenants.appearance import set_appearance, set_custom_name
from tenants.models import Mandate, MandateMessage, Space
from tenants.switches import options_of, set_options, switch_off, switch_on


@transaction.atomic
def dress(space: Space, choices: Mapping[str, str], *, author: User, read: str | None = None) -> None:
    """Choose arms, colour and landscape; `read` is the digest of the choices read. Raises ChangedMeanwhile."""
    if heard(worn(Space.objects.select_for_update().get(pk=space.pk)), dict(choices), read):
        return
    set_appearance(space, **choices)
    record("space.appearance_set", author=author, **choices)


def worn(facts: Any) -> dict[str, str]:
    """The choices of a space, to be compared."""
    return {name: getattr(facts, name) for name in ("arms_pattern", "arms_figure", "accent", "landscape")}


@transaction.atomic
def name_host(space: Space, name: str, *, author: User) -> None:
    """Choose the space's own address. Raises NameRefused, changing nothing."""
    before = space.custom_name
    set_custom_name(space, name)
    if Space.objects.values_list("custom_name", flat=True).get(pk=space.pk) == before:
        return
    record("space.host_named", target=name, author=author)


@transaction.atomic
def tune(space: Space, module: str, values: Mapping[str, Any], *, author: User, read: str | None = None) -> None:
    """Change a module's options; `read` is the digest of those read. Raises ChangedMeanwhile, changing nothing."""
    Space.objects.select_for_update().get(pk=space.pk)
    if heard(dict(options_of(space.schema_name, module)), dict(values), read):
        return
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
def invite(*, email: str, name: str, role: Role, author: User) -> Invitation:
    """Promise somebody of the mairie a role and tell them, once for a form sent twice.

    Raises InvitationRefused, changing nothing.
    """
    sent = just_sent(author, email=email.strip().lower(), name=name, role=str(role), author=author.email)
    if sent is not None:
        return sent
    invitation = promise(email=email, name=name, role=role, author=author)
    _send(invitation, author)
    return invitation


@transaction.atomic
def invite_again(invitation: Invitation, *, author: User) -> None:
    if just_sent(author, pk=invitation.pk):
        return
    renew(invitation, author=author)
    _send(invitation, author)


def _send(invitation: Invitation, author: User) -> None:
    known = User.objects.filter(email=invitation.email).first()
    context = {
        "name": known.name if known and known.name else invitation.name,
        "author": author.display_name,
        "role": LABELS[Role(invitation.role)],
        "path": reverse("space:invitation", args=[invitation.pk]).lstrip("/"),
        "until": timezone.localtime(invitation.expires_at),
    }
    send_email("invitation", to=invitation.email, context=context)


@transaction.atomic
def see_off(user: User, *, author: User) -> None:
    """Somebody leaves the mairie: no role, no delegation, no open session. They stay among the residents.

    Who has left already is left alone. Raises LastAdministrator, changing nothing.
    """
    if not user.grants.filter(ended_at__isnull=True).exists():
        return
    send_email("farewell", to=user.email, context={"name": user.name})
    set_role(user, None, author=author)
    end_delegations_of(user, author=author)
    end_sessions(user)
    record("accounts.left", target=user.email, author=author)


@transaction.atomic
def hand_over(successor: User, *, then: Role | None, author: User) -> None:
    """Make somebody else administrator in the author's place, who keeps another role or leaves the mairie."""
    set_role(successor, Role.ADMINISTRATOR, author=author)
    send_email("handover", to=successor.email, context={"name": successor.name, "author": author.display_name})
    if then is None:
        see_off(author, author=author)
    else:
        set_role(author, then, author=author)


@transaction.atomic
def answer_operator(mandate: Mandate, *, text: str, author: User) -> None:
    """Answer the operator; the same words twice running are said once."""
    Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.just_said(MandateMessage.Side.MAIRIE, text.strip()):
        return
    MandateMessage.objects.create(
        mandate=mandate, side=MandateMessage.Side.MAIRIE, author=author.email, text=text.strip()
    )
    record("space.mandate_answered", author=author)
