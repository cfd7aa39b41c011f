"""A Stripe of the test's own, on a free port."""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import stripe as library

from billing.collecting import setup_url
from billing.models import Account
from billing.tests.direct import Direct
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


@pytest.fixture
def quiet() -> Iterator[None]:
    """Nothing is logged, where thousands of calls are broken off."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def direct(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Stripe:
    """A Stripe without sockets."""
    found = Stripe(secret_key=KEY)
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, SECRET
    settings.STRIPE_API_BASE, settings.STRIPE_RETRIES = f"http://{uuid4().hex}.test", 0
    monkeypatch.setattr(library, "RequestsClient", lambda timeout: Direct(found))
    return found
