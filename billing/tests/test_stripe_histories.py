"""Histories of who pays, told in disorder, twice, late, forged or not at all, with crashes anywhere, end as the objects
of Stripe say. With those of what is used, they are a thousand."""

import pytest

from billing.tests.holding import hold
from deploy.local.stripe import Stripe
from tests.cast import Cast

BLOCKS, EACH, BY_SOCKETS = 3, 240, 20
pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_history_ends_as_its_oracle_says(direct: Stripe, cast: Cast, block: int) -> None:
    hold(direct, cast, range(block * EACH, (block + 1) * EACH), used=False)


def test_over_sockets_too(stripe: Stripe, cast: Cast) -> None:
    hold(stripe, cast, range(BLOCKS * EACH, BLOCKS * EACH + BY_SOCKETS), used=False)
