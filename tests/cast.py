"""Who is who in every test: two communes, and one person on each side of every fence."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.utils import timezone

from billing.actions.entitling import begin_trial, entitle
from core.accounts.models import RoleGrant, User
from core.catalogue import Role
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from tenants.models import Commune, CommuneContour, Space
from tenants.opening import open_space
from tenants.switches import switch_on

# The second factor of whoever must have one.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OPERATOR_EMAIL = "operator@beffroi.test"
FAR = date(2999, 12, 31)  # whatever day a test travels to, the trial goes on
SQUARE = "w|lZwclAo}@??o}@n}@??n}@"  # latitudes 44.95 to 45.05, longitudes 3.95 to 4.05


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the cast; `host` is where they sign in."""

    id: UUID
    email: str
    schema_name: str
    host: str


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the cast with its people."""

    insee: str
    schema_name: str
    host: str
    administrator: Person
    editor: Person
    resident: Person

    @property
    def space(self) -> Space:
        found: Space = Space.objects.select_related("commune").get(schema_name=self.schema_name)
        return found


@dataclass(frozen=True, slots=True)
class Cast:
    """`aubin` and `belleville` are open with every module on; `calme` has no space; `doux` waits for its mandate."""

    aubin: Place
    belleville: Place
    doux: Place
    calme_host: str
    calme_insee: str
    operator: Person
    portal_host: str
    console_host: str


COMMUNES = {
    "aubin": ("12013", "Saint-Aubin", "80"),
    "belleville": ("69019", "Belleville", "69"),
    "doux": ("08147", "Doux", "08"),
    "calme": ("23031", "Calme", "23"),
}


def play() -> None:
    """Write the cast in an empty, prepared database."""
    for slug, (insee, name, departement) in COMMUNES.items():
        commune = Commune.objects.create(
            insee=insee,
            name=name,
            folded=name.lower().replace("-", " "),
            sort_key=name.lower(),
            slug=slug,
            departement=departement,
            region="84",
            population=1200,
            siren="210000006",
            postal_codes=[f"{departement}100"],
            epci_name="CC du Beffroi",
            latitude=45.0,
            longitude=4.0,
            official_email=f"mairie@{slug}.example",
        )
        CommuneContour.objects.create(commune=commune, polyline=SQUARE)
    for slug in ("aubin", "belleville", "doux"):
        _open(slug, active=slug != "doux")
    with entered(OPERATOR):
        _person(OPERATOR_EMAIL, Role.OPERATOR)
    DueWork.objects.update(due_at=timezone.now() + timedelta(days=3650))  # the template outlives tomorrow


def _open(slug: str, *, active: bool) -> None:
    space = open_space(Commune.objects.get(slug=slug))
    subscription = begin_trial(space, author="cast")
    subscription.trial_until = FAR
    subscription.save(update_fields=["trial_until"])
    entitle(subscription, author="cast")
    for module in sorted(settings.CATALOGUE.slugs):
        switch_on(space, module, author="cast")
    if active:
        Space.objects.filter(pk=space.pk).update(state=Space.State.ACTIVE)
    with enter(space.schema_name):
        _person(f"administrator@{slug}.example", Role.ADMINISTRATOR)
        _person(f"editor@{slug}.example", Role.EDITOR)
        _person(f"resident@{slug}.example", None)


def _person(email: str, role: Role | None) -> User:
    user = User.objects.create_person(email, name=email.partition("@")[0].capitalize())
    user.verified_at = timezone.now() - timedelta(days=10)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if role:
        RoleGrant.objects.create(user=user, role=role, author="cast")
    if role in {Role.ADMINISTRATOR, Role.OPERATOR}:
        TOTP.activate(user, SECRET)
    return user


def read() -> Cast:
    """The cast as frozen facts, read from the database the test works in."""
    base = settings.BASE_DOMAIN
    console = f"console.{base}"
    with entered(OPERATOR):
        operator = _met(OPERATOR_EMAIL, OPERATOR.schema_name, console)
    return Cast(
        aubin=_place("aubin"),
        belleville=_place("belleville"),
        doux=_place("doux"),
        calme_host=f"calme.{base}",
        calme_insee=COMMUNES["calme"][0],
        operator=operator,
        portal_host=base,
        console_host=console,
    )


def _place(slug: str) -> Place:
    insee = COMMUNES[slug][0]
    schema_name, host = f"c{insee}", f"{slug}.{settings.BASE_DOMAIN}"
    with enter(schema_name):
        people = [_met(f"{who}@{slug}.example", schema_name, host) for who in ("administrator", "editor", "resident")]
    return Place(insee, schema_name, host, *people)


def _met(email: str, schema_name: str, host: str) -> Person:
    return Person(User.objects.get(email=email).pk, email, schema_name, host)
