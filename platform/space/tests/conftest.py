"""What the shell's tests share: browsers of the first commune, and its rows."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.tenancy.context import enter
from core.tenancy.here import Here
from tests.cast import Cast

Statements = Callable[[Client, str], int]
Inside = Callable[[], AbstractContextManager[Here]]


@pytest.fixture
def inside(cast: Cast) -> Iterator[Inside]:
    """Enters the first commune."""
    yield lambda: enter(cast.aubin.schema_name)


@pytest.fixture
def statements() -> Statements:
    """How many statements a page costs once its commune is known."""

    def cost(browser: Client, path: str) -> int:
        browser.get(path)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(path).status_code == 200
        return len(caught)

    return cost


@pytest.fixture
def anyone(cast: Cast, client_on: Callable[[str], Client]) -> Client:
    return client_on(cast.aubin.host)


@pytest.fixture
def resident(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.aubin.resident)


@pytest.fixture
def editor(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.aubin.editor)


@pytest.fixture
def administrator(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.aubin.administrator)
