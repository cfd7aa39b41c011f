"""Addresses of alerts are of a commune's space, in actions too."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import set_urlconf


@pytest.fixture(autouse=True)
def _in_a_space() -> Iterator[None]:
    set_urlconf(settings.SITE_URLCONFS["space"])
    yield
    set_urlconf(None)
