"""Everybody who sees pages: one person per role and per residency level in a commune of the cast, and the operator."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from core.accounts.levels import Level, Method
from core.accounts.models import ResidencyProof, RoleGrant, User
from core.catalogue import STAFF_ROLES
from core.tenancy.context import enter
from portal.tests.journey import Journey
from tests.cast import Cast, Person

ANYONE = "anyone"
NEWCOMER = "newcomer"  # without an account, halfway through signing in or opening a space


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in front of the pages of one kind of site; `user` is None for somebody without an account."""

    who: str
    kind: str
    host: str
    browser: Client
    user: User | None = None

    @property
    def cookies(self) -> dict[str, str]:
        return {name: morsel.value for name, morsel in self.browser.cookies.items()}


def everybody(cast: Cast) -> list[Visitor]:
    place = cast.aubin
    met = [
        _stranger("space", place.host),
        _stranger("portal", cast.portal_host),
        _stranger("unopened", cast.calme_host),
        _stranger("console", cast.console_host),
        _newcomer("space", place.host),
        _newcomer("portal", cast.portal_host, cast.calme_insee),
    ]
    with enter(place.schema_name):
        residents = {f"resident-n{level.value}": _resident(level) for level in Level}
        colleagues = {role.value: _colleague(role.value) for role in STAFF_ROLES}
        for who, user in (residents | colleagues).items():
            met.append(_signed_in(who, "space", place.host, user))
    with enter(cast.operator.schema_name):
        met.append(_signed_in("operator", "console", cast.console_host, _known(cast.operator)))
    return met


def _stranger(kind: str, host: str) -> Visitor:
    return Visitor(ANYONE, kind, host, _browser(host))


def _newcomer(kind: str, host: str, insee: str = "") -> Visitor:
    """On the portal, somebody who waits for the code that opens a space; in a space, for the one that signs in."""
    browser = _browser(host)
    if kind == "portal":
        Journey(browser, insee).until_code()
    else:
        assert browser.post("/connexion/", {"email": "newcomer@aubin.example"}).status_code == 302
    return Visitor(NEWCOMER, kind, host, browser)


def _signed_in(who: str, kind: str, host: str, user: User) -> Visitor:
    browser = _browser(host)
    browser.force_login(user)
    user.roles  # noqa: B018 - read here, kept for whoever asks outside the commune
    return Visitor(who, kind, host, browser, user)


def _browser(host: str) -> Client:
    return Client(headers={"host": host, "x-forwarded-proto": "https"})


def _known(person: Person) -> User:
    return User.objects.get(pk=person.id)


def _resident(level: Level) -> User:
    user = User.objects.create_person(f"n{level.value}@aubin.example", name=f"Habitant n{level.value}")
    if level > Level.N0:
        user.verified_at = timezone.now()
        user.save(update_fields=["verified_at"])
    if level > Level.N1:
        until = timezone.now() + timedelta(days=300)
        ResidencyProof.objects.create(
            user=user, level=level, method=Method.COUNTER, seen="Une facture", author="quality", expires_at=until
        )
    return user


def _colleague(role: str) -> User:
    user = User.objects.create_person(f"{role}.colleague@aubin.example", name=role.capitalize())
    user.verified_at = timezone.now()
    user.save(update_fields=["verified_at"])
    RoleGrant.objects.create(user=user, role=role, author="quality")
    return user
