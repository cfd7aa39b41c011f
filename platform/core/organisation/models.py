"""Departments, their hours, the days that are different, and who answers for them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.tenancy.models import CommuneModel


class Department(CommuneModel):
    """A service of the mairie (état civil, services techniques…). A closed one stays for what points at it."""

    name = models.CharField("nom", max_length=80)
    mission = models.CharField("missions", max_length=300, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    access = models.CharField("accès", max_length=200, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(closed_at__isnull=True), name="one_open_department_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dialled(self) -> str:
        """The telephone number as a link dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


class Weeks(models.TextChoices):
    """The weeks in which a slot stands; odd and even by ISO number, first and third of the month by date."""

    EVERY = "every", "toutes les semaines"
    EVEN = "even", "semaines paires"
    ODD = "odd", "semaines impaires"
    FIRST = "first", "le premier du mois"
    THIRD = "third", "le troisième du mois"


class Weekday(models.IntegerChoices):
    MONDAY = 0, "lundi"
    TUESDAY = 1, "mardi"
    WEDNESDAY = 2, "mercredi"
    THURSDAY = 3, "jeudi"
    FRIDAY = 4, "vendredi"
    SATURDAY = 5, "samedi"
    SUNDAY = 6, "dimanche"


class OpeningSlot(CommuneModel):
    """A department is open on this weekday from `opens` to `closes`, in the commune's own time."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField("jour", choices=Weekday)
    opens = models.TimeField("ouvre à")
    closes = models.TimeField("ferme à")
    weeks = models.CharField("semaines", max_length=5, choices=Weeks, default=Weeks.EVERY)

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="a_slot_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


class SpecialPeriod(CommuneModel):
    """Days that are different, both included: closed, or open at other hours. Without a department, all of them."""

    department = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="special_periods")
    first_day = models.DateField("premier jour")
    last_day = models.DateField("dernier jour")
    opens = models.TimeField("ouvre à", null=True, blank=True)
    closes = models.TimeField("ferme à", null=True, blank=True)
    reason = models.CharField("raison", max_length=120)
    author = models.CharField(max_length=254)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["first_day", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="a_period_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(opens__lt=F("closes")),
                name="special_hours_are_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} ({self.first_day:%Y-%m-%d})"

    @property
    def is_closing(self) -> bool:
        return self.opens is None


class LegalNotice(CommuneModel):
    """What the commune says in its legal pages, where the law asks for a name: one row, as it was last written."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    director_role = models.CharField("fonction", max_length=80, blank=True)
    director_name = models.CharField("nom", max_length=120, blank=True)
    dpo_name = models.CharField("nom", max_length=120, blank=True)
    dpo_email = models.EmailField("adresse e-mail", blank=True)
    dpo_contact = models.CharField("autre contact", max_length=200, blank=True)
    author = models.CharField(max_length=254)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="a_commune_has_one_legal_notice")]

    def __str__(self) -> str:
        return f"legal notice of {self.at:%Y-%m-%d}"

    @property
    def is_whole(self) -> bool:
        return bool(self.director_name and (self.dpo_email or self.dpo_contact))

    def names(self, user: Any) -> dict[str, str]:
        """What it says of a person, by field: their own name, or their own address."""
        who = " ".join(str(user.name).split()).casefold()
        named = {each: getattr(self, each) for each in ("director_name", "dpo_name")}
        said = {each: name for each, name in named.items() if who and name.casefold() == who}
        return said | ({"dpo_email": self.dpo_email} if self.dpo_email.casefold() == user.email.casefold() else {})


class Delegation(CommuneModel):
    """Somebody answers for a department, under a title, until the delegation ends."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="delegations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="delegations")
    title = models.CharField("fonction", max_length=80)
    since = models.DateTimeField(auto_now_add=True)
    author = models.CharField(max_length=254)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "user"],
                condition=Q(ended_at__isnull=True),
                name="one_delegation_per_department_and_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} since {self.since:%Y-%m-%d}"
