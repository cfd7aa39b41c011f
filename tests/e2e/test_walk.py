"""The walk that a newcomer sees, on pages as they are now."""

import pytest

from deploy.local.address import Address
from deploy.local.chance import unopened
from deploy.local.visitor import Visitor
from deploy.local.walk import Walk
from tests.e2e.conftest import PLACE

SEED = 7


def test_the_demos_own_walk_passes_and_the_next_one_draws_another_commune(
    site: Address, capsys: pytest.CaptureFixture[str]
) -> None:
    first = unopened(Visitor(site), SEED)
    status = Walk(site, SEED, (PLACE,)).run()
    assert status == 0, capsys.readouterr().out
    assert unopened(Visitor(site), SEED) != first
