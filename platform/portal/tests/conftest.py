"""Each test counts for itself: what strangers may ask in an hour is not shared with the tests before."""

from typing import Any
from uuid import uuid4

import pytest


@pytest.fixture(autouse=True)
def _nobody_asked_before(settings: Any) -> None:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {**settings.CACHES["default"], "BACKEND": backend, "LOCATION": uuid4().hex}}
