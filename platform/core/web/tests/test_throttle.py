"""Limits on what strangers ask for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import RequestFactory

from core.api.throttles import Anonymous
from core.web.throttle import client_address, too_many, wait


@pytest.fixture
def counted(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "throttle"}}


def test_the_limit_is_each_askers_own(counted: None) -> None:
    asked = [too_many("code", "anna", limit=2, seconds=60) for _ in range(3)]
    assert asked == [False, False, True]
    assert not too_many("code", "bruno", limit=2, seconds=60)
    assert not too_many("watch", "anna", limit=2, seconds=60)


def test_who_is_refused_is_told_when_their_own_window_ends(counted: None) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False) as now:
        wait.set(0)
        too_many("wait", "anna", limit=1, seconds=3600)
        now.shift(timedelta(minutes=20))
        assert too_many("wait", "anna", limit=1, seconds=3600)
        assert wait.get() == 2400
        too_many("wait-less", "anna", limit=0, seconds=60)
        assert wait.get() == 2400, "the longest of two limits"
        now.shift(timedelta(minutes=41))
        assert not too_many("wait", "anna", limit=1, seconds=3600)


def test_a_cache_that_is_down_stops_nobody(settings: Any) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert not any(too_many("code", "anna", limit=1, seconds=60) for _ in range(3))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "127.0.0.1"),
        (0, "10.0.0.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, " , ", "127.0.0.1"),
        (1, "10.0.0.9", "10.0.0.9"),
        (1, "1.1.1.1, 10.0.0.9", "10.0.0.9"),
        (2, "1.1.1.1, 10.0.0.9, 10.0.0.1", "10.0.0.9"),
        (2, "10.0.0.9", "10.0.0.9"),
    ],
)
def test_an_address_that_the_client_wrote_itself_is_not_believed(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})
    assert client_address(request) == address
    assert Anonymous().get_ident(request) == address
