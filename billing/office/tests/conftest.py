"""What the tests of the office's pages share: a subscription of the first commune, and a browser for each role."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from billing.models import Account, Subscription
from core.accounts.actions import set_role
from core.accounts.models import User
from core.catalogue import Role
from core.tenancy.context import enter
from tests.cast import Cast, Place

HOME = "/mairie/abonnement/"
SIREN = "210000006"
Of = Callable[..., Client]
As = Callable[[Role], Client]


def subscribed(place: Place) -> Subscription:
    """The place's subscription, in trial for a month more."""
    commune = place.space.commune
    account, _ = Account.objects.get_or_create(
        commune=commune,
        defaults={
            "kind": Account.Kind.COMMUNE,
            "name": f"Commune de {commune.name}",
            "siren": commune.siren,
            "departement": commune.departement,
            "changed_by": "cast",
        },
    )
    today: date = timezone.localdate()
    return Subscription.objects.update_or_create(
        space=place.space,
        defaults={
            "commune": commune,
            "account": account,
            "began_on": today - timedelta(days=30),
            "trial_until": today + timedelta(days=30),
        },
    )[0]


@pytest.fixture
def subscription(cast: Cast) -> Subscription:
    return subscribed(cast.aubin)


@pytest.fixture
def account(subscription: Subscription) -> Account:
    return subscription.account


@pytest.fixture
def browser_of(cast: Cast, client_of: Of) -> As:
    """The browser of somebody who holds one role in the first commune."""

    def holding(role: Role) -> Client:
        if role is Role.ADMINISTRATOR:
            return client_of(cast.aubin.administrator)
        with enter(cast.aubin.schema_name):
            author = User.objects.get(pk=cast.aubin.administrator.id)
            set_role(User.objects.get(pk=cast.aubin.resident.id), role, author=author)
        return client_of(cast.aubin.resident)

    return holding


@pytest.fixture
def administrator(browser_of: As) -> Client:
    return browser_of(Role.ADMINISTRATOR)


@pytest.fixture
def accountant(browser_of: As) -> Client:
    return browser_of(Role.ACCOUNTANT)
