from collections.abc import Iterator

import pytest

from core.accounts.models import User
from core.tenancy.context import enter
from tests.cast import Cast


@pytest.fixture
def author(cast: Cast) -> Iterator[User]:
    """Saint-Aubin's administrator, with the code in Saint-Aubin."""
    with enter(cast.aubin.schema_name):
        yield User.objects.get(pk=cast.aubin.administrator.id)
