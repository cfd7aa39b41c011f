"""A Stripe of the test's own, on a free port."""

from collections.abc import Iterator
from typing import Any

import pytest

from billing.collecting import setup_url
from billing.models import Account
from billing.tests.stripes import BACK, KEY, SECRET, give, heard, payer, serving
from deploy.local.stripe import Stripe
from tenants.models import Commune
from tests.cast import Cast


@pytest.fixture
def stripe(settings: Any) -> Iterator[Stripe]:
    """What the settings point at while the test runs; without it, online payment is not offered."""
    found = Stripe(secret_key=KEY)
    with serving(found) as server:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, SECRET
        settings.STRIPE_API_BASE, settings.STRIPE_RETRIES = server.api, 0
        yield found


@pytest.fixture
def debited(cast: Cast, stripe: Stripe) -> Account:
    """The payer of a commune, who gave a mandate."""
    found = payer(Commune.objects.get(space__schema_name=cast.aubin.schema_name))
    give(stripe, setup_url(found, BACK))
    heard(stripe)
    found.refresh_from_db()
    return found
