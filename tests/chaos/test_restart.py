"""A database that was restarted is spoken to again, over new connections."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from core.tenancy.backend.base import DatabaseWrapper
from tests import database


@pytest.mark.django_db
def test_a_connection_of_the_pool_that_was_cut_meanwhile_fails_nobody() -> None:
    wrapper: Any = DatabaseWrapper(
        {
            **connection.settings_dict,
            **settings.DATABASES["default"],
            "OPTIONS": {"pool": {"min_size": 0, "max_size": 1}},
        },
        "apart",
    )
    connections["apart"] = wrapper
    try:
        killed = process(wrapper)
        database.server(f"select pg_terminate_backend({killed})")
        assert process(wrapper) != killed
    finally:
        wrapper.close_pool()
        del connections["apart"]


def process(wrapper: Any) -> int:
    """The server's process that answers; the connection goes back to the pool."""
    try:
        with wrapper.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            return int(cursor.fetchone()[0])
    finally:
        wrapper.close()
