"""Test processes side by side: nothing of one is counted, queued or stored in another."""

import os

import pytest
from django.conf import settings

from tests.stores import PROCESSES, NotNumbered, store

ADDRESSES = ["redis+socket:///run/v.sock", "unix:///run/v.sock?db=1", "redis://127.0.0.1:6379/0"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_two_processes_share_a_store(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stores = []
    for number in range(PROCESSES):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", f"gw{number}")
        stores += [store(address, use) for use in range(4)]
    assert len(set(stores)) == 4 * PROCESSES


def test_a_broker_without_numbers_is_told() -> None:
    with pytest.raises(NotNumbered):
        store("amqp://127.0.0.1//", 0)


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="not run: one process only, nothing to keep apart")
def test_a_process_of_several_queues_and_counts_in_its_own_stores() -> None:
    assert store(settings.CELERY_BROKER_URL, 0) == settings.CELERY_BROKER_URL
    assert store(settings.CACHES["default"]["LOCATION"], 1) == settings.CACHES["default"]["LOCATION"]
