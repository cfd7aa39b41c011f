"""People and what they may do. A person of one commune is nobody in another."""

from functools import cached_property
from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from core.accounts.levels import Level, Method
from core.accounts.permissions import may
from core.catalogue import STAFF_ROLES, Role
from core.tenancy.models import CommuneModel


class UserManager(BaseUserManager["User"]):
    def create_person(self, email: str, *, name: str = "") -> "User":
        """Make a person who signs in by code; there is no password."""
        user = self.model(email=email.strip().lower(), name=name.strip())
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def staff(self) -> models.QuerySet["User"]:
        return self.filter(is_active=True, grants__ended_at__isnull=True, grants__isnull=False).distinct()

    def administrators(self) -> models.QuerySet["User"]:
        """Those who answer for the commune."""
        return self.filter(is_active=True, grants__role=Role.ADMINISTRATOR, grants__ended_at__isnull=True)


class User(CommuneModel, AbstractBaseUser):
    """Somebody with a verified e-mail address."""

    email = models.EmailField("adresse e-mail", unique=True)
    name = models.CharField("nom", max_length=120, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    verified_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="addresses_are_lowercase")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or self.email.partition("@")[0]

    def take_turn(self) -> None:
        """Make this person's next form (a double click, another tab) wait for the end of this transaction, so that it
        sees what this one kept."""
        User.objects.select_for_update(no_key=True).get(pk=self.pk)

    @property
    def initials(self) -> str:
        """Two letters at most: what stands in brackets after a name is no name."""
        words = self.display_name.partition("(")[0].replace(".", " ").split()
        return "".join(word[0] for word in words[:2]).upper()

    @cached_property
    def roles(self) -> frozenset[Role]:
        if not self.is_active:
            return frozenset()
        return frozenset(
            Role(each) for each in self.grants.filter(ended_at__isnull=True).values_list("role", flat=True)
        )

    @property
    def is_staff_member(self) -> bool:
        return bool(self.roles)

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def only_counts(self) -> bool:
        """Whether they enter the office for the accounts alone."""
        return self.roles == {Role.ACCOUNTANT}

    @cached_property
    def level(self) -> Level:
        """How sure it is that they live here, in one statement."""
        if self.verified_at is None or not self.is_active:
            return Level.N0
        best: int | None = (
            ResidencyProof.objects.standing().filter(user=self).aggregate(best=models.Max("level"))["best"]
        )
        return Level(best or Level.N1)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether one of the person's roles gives the right; the operator's right is `console`."""
        return any(may(role, perm) for role in self.roles)

    def has_perms(self, perms: Any, obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return False

    @property
    def is_staff(self) -> bool:
        return False

    @property
    def is_superuser(self) -> bool:
        return False


class RoleGrant(CommuneModel):
    """A role given to a person, by whom and when, until it was taken back."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    since = models.DateTimeField(auto_now_add=True)
    author = models.CharField(max_length=254)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(ended_at__isnull=True), name="a_role_is_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} since {self.since:%Y-%m-%d}"


class Block(CommuneModel):
    """Why a person may no longer sign in, who decided and when, until it was lifted."""

    user = models.ForeignKey(User, models.CASCADE, related_name="blocks")
    reason = models.CharField(max_length=300)
    since = models.DateTimeField(auto_now_add=True)
    author = models.CharField(max_length=254)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(lifted_at__isnull=True), name="one_block_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"blocked since {self.since:%Y-%m-%d}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Neither accepted nor cancelled, expired ones included: the mairie may send them again."""
        return self.filter(accepted_at__isnull=True, cancelled_at__isnull=True)

    def standing(self) -> "InvitationQuerySet":
        return self.waiting().filter(expires_at__gt=timezone.now())


class Invitation(CommuneModel):
    """A role promised to whoever proves this address in time. Its key is in a mail, so it is random."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in STAFF_ROLES])
    author = models.CharField(max_length=254)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=254, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="one_waiting_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} until {self.expires_at:%Y-%m-%d}"

    @property
    def stands(self) -> bool:
        return self.accepted_at is None and self.cancelled_at is None and self.expires_at > timezone.now()


class ResidencyProofQuerySet(models.QuerySet["ResidencyProof"]):
    def standing(self) -> "ResidencyProofQuerySet":
        return self.filter(withdrawn_at__isnull=True, expires_at__gt=timezone.now())


class ResidencyProof(CommuneModel):
    """How somebody proved that they live here, before whom and when. What was seen is named, never copied."""

    user = models.ForeignKey(User, models.CASCADE, related_name="proofs")
    level = models.PositiveSmallIntegerField(choices=[(each.value, each.label) for each in (Level.N2, Level.N3)])
    method = models.CharField(max_length=7, choices=Method)
    seen = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(auto_now_add=True)
    author = models.CharField(max_length=254)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=254, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = ResidencyProofQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(withdrawn_at__isnull=True), name="one_residency_proof_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"N{self.level} since {self.since:%Y-%m-%d}"


class ResidencyLetterQuerySet(models.QuerySet["ResidencyLetter"]):
    def waiting(self) -> "ResidencyLetterQuerySet":
        """Asked for, and whose code may still be typed or printed."""
        return self.filter(closed_at__isnull=True, expires_at__gt=timezone.now())


class ResidencyLetter(CommuneModel):
    """A letter somebody asked for, with a code that proves they open the mail of this address.

    Name and address are kept until the letter is closed: its code used or spent, the demand taken back, its days over.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="letters")
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    code_hash = models.CharField(max_length=128, blank=True)
    printed_at = models.DateTimeField(null=True)
    printed_by = models.CharField(max_length=254, blank=True)
    posted_at = models.DateTimeField(null=True)
    posted_by = models.CharField(max_length=254, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    objects = ResidencyLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(closed_at__isnull=True), name="one_letter_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"asked {self.asked_at:%Y-%m-%d}"
