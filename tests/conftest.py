"""Fixtures of the walks: both communes planted, and everybody's browser on any host."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from core.tenancy.context import enter
from tests.cast import Cast, Person, Place
from tests.planting import Plot
from tests.probing import ADMINISTRATOR, OPERATOR

Browsers = Callable[..., dict[str, Client]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A commune that is looked for, with one object of every model, and its neighbour, which has the same."""

    victim: Place
    other: Place
    victims: Plot
    others: Plot


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """Where uploads go: a folder of this test's own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture(params=["aubin", "belleville"])
def neighbours(request: pytest.FixtureRequest, cast: Cast, files: Path) -> Neighbours:
    """Each of the two communes in turn."""
    pair = (cast.aubin, cast.belleville)
    victim, other = pair if request.param == "aubin" else pair[::-1]
    return Neighbours(victim, other, planted(victim), planted(other))


@pytest.fixture
def one_way(cast: Cast, files: Path) -> Neighbours:
    """The first looked for at the second, where one direction says it all."""
    return Neighbours(cast.aubin, cast.belleville, planted(cast.aubin), planted(cast.belleville))


def planted(place: Place) -> Plot:
    with enter(place.schema_name):
        return Plot().fill()


@pytest.fixture
def browsers(cast: Cast, client_on: Callable[[str], Client], client_of: Callable[..., Client]) -> Browsers:
    """Everybody on a host: nobody, whom it knows, a stranger with their cookie, the operator with theirs."""

    def on(host: str, *, stranger: Person, administrator: Person | None = None) -> dict[str, Client]:
        everybody = {
            "anonymous": client_on(host),
            "a stranger": client_of(stranger, host),
            OPERATOR: client_of(cast.operator, host),
        }
        return everybody | ({ADMINISTRATOR: client_of(administrator, host)} if administrator else {})

    return on
