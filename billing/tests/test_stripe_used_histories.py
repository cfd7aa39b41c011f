"""Histories of what a commune uses, changed here and by strange hands there, end as our terms, our prices and Stripe's
objects say after a night; what is planted at Stripe is told in the morning."""

import pytest

from billing.tests.holding import hold
from deploy.local.stripe import Stripe
from tests.cast import Cast

BLOCKS, EACH, BY_SOCKETS = 2, 125, 10
pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_history_ends_as_its_oracle_says(direct: Stripe, cast: Cast, block: int) -> None:
    hold(direct, cast, range(block * EACH, (block + 1) * EACH), used=True)


def test_over_sockets_too(stripe: Stripe, cast: Cast) -> None:
    hold(stripe, cast, range(BLOCKS * EACH, BLOCKS * EACH + BY_SOCKETS), used=True)
