"""People of a commune, and what sign-in keeps of them."""

from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.accounts.levels import Level, Method
from core.accounts.models import Block, Invitation, ResidencyLetter, ResidencyProof, RoleGrant, User
from core.catalogue import Role
from tests.planting import Mark, Plot, factory


@factory(User)
def person(plot: Plot, mark: Mark) -> User:
    user = User.objects.create_person(mark.email, name=mark.text)
    user.verified_at = timezone.now()
    user.save(update_fields=["verified_at"])
    return user


@factory(RoleGrant)
def grant(plot: Plot, mark: Mark) -> RoleGrant:
    return RoleGrant.objects.create(user=plot[User], role=Role.EDITOR, author=mark.email)


@factory(Block)
def block(plot: Plot, mark: Mark) -> Block:
    """Of somebody else, who stays out."""
    user = User.objects.create_person(mark.email, name=mark.text)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return Block.objects.create(user=user, reason=mark.text, author=mark.email)


@factory(Invitation)
def invitation(plot: Plot, mark: Mark) -> Invitation:
    now = timezone.now()
    return Invitation.objects.create(
        email=mark.email,
        name=mark.text,
        role=Role.EDITOR,
        author=plot[User].email,
        sent_at=now,
        expires_at=now + timedelta(days=14),
    )


@factory(ResidencyProof)
def proof(plot: Plot, mark: Mark) -> ResidencyProof:
    return ResidencyProof.objects.create(
        user=plot[User],
        level=Level.N2,
        method=Method.COUNTER,
        seen=mark.text,
        author=mark.email,
        expires_at=timezone.now() + timedelta(days=1),
    )


@factory(ResidencyLetter)
def letter(plot: Plot, mark: Mark) -> ResidencyLetter:
    return ResidencyLetter.objects.create(
        user=plot[User], name=mark.text, address=mark.text, expires_at=timezone.now() + timedelta(days=60)
    )


@factory(Session)
def session(plot: Plot, mark: Mark) -> Session:
    data = SessionStore().encode({"said": mark.text})
    return Session.objects.create(
        session_key=mark.secret, session_data=data, expire_date=timezone.now() + timedelta(days=120)
    )


@factory(EmailAddress)
def address(plot: Plot, mark: Mark) -> EmailAddress:
    found: EmailAddress = EmailAddress.objects.create(user=plot[User], email=mark.email, verified=True)
    return found


@factory(EmailConfirmation)
def confirmation(plot: Plot, mark: Mark) -> EmailConfirmation:
    found: EmailConfirmation = EmailConfirmation.objects.create(
        email_address=plot[EmailAddress], key=mark.secret, sent=timezone.now()
    )
    return found
