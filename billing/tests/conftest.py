"""A Stripe of the test's own, on a free port."""

from collections.abc import Iterator
from typing import Any

import pytest

from billing.tests.stripes import KEY, SECRET, serving
from deploy.local.stripe import Stripe


@pytest.fixture
def stripe(settings: Any) -> Iterator[Stripe]:
    """What the settings point at while the test runs; without it, online payment is not offered."""
    found = Stripe(secret_key=KEY)
    with serving(found) as server:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, SECRET
        settings.STRIPE_API_BASE, settings.STRIPE_RETRIES = server.api, 0
        yield found
