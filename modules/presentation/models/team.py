"""The municipal team, term after term."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.media.models import Asset
from core.tenancy.models import CommuneModel
from modules.presentation.models.listed import Listed, ListedRows


class Term(CommuneModel):
    """The years between two elections; residents read the current one."""

    current = models.BooleanField(null=True, default=True, unique=True, editable=False)
    began_on = models.DateField("début du mandat", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "Mandats du conseil municipal"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(current=True, ended_at__isnull=True) | Q(current__isnull=True, ended_at__isnull=False),
                name="a_term_is_current_until_it_ends",
            )
        ]

    def __str__(self) -> str:
        return f"term of {self.began_on or self.created_at.date():%Y-%m-%d}"


class Members(ListedRows):
    def current(self) -> "Members":
        """Those of the term that goes on."""
        return self.kept().filter(term__current=True)


class Member(Listed):
    """An elected person as the commune shows them. They are written to through a department, never directly.

    `departments` are keys of `core.organisation`, where a department is closed but never erased.
    """

    TYPED = ("first_name", "surname", "function", "group", "delegations", "departments", "permanence", "portrait")
    MOST = 120

    term = models.ForeignKey(Term, models.CASCADE, related_name="members", db_index=False)
    first_name = models.CharField("prénom", max_length=60)
    surname = models.CharField("nom", max_length=80)
    function = models.CharField("fonction", max_length=80)
    group = models.CharField("liste ou groupe", max_length=80, blank=True)
    delegations = models.CharField("délégations", max_length=300, blank=True)
    departments = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name="services")
    permanence = models.CharField("permanence", max_length=200, blank=True)
    portrait = models.ForeignKey(
        Asset, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False, verbose_name="portrait"
    )

    objects: ClassVar[Any] = Members.as_manager()

    class Meta(Listed.Meta):
        verbose_name_plural = "Élus"
        verbose_name = "membre de l’équipe"

    def __str__(self) -> str:
        return f"{self.first_name} {self.surname}"

    @property
    def detail(self) -> str:
        return " · ".join(each for each in (self.function, self.group) if each)

    @property
    def initials(self) -> str:
        """Two letters at most: what stands in brackets is no name."""
        return "".join(name[0] for name in (self.first_name, self.surname) if name[:1].isalpha()).upper()
