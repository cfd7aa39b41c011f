"""Servers that the environment names: asked once whether they answer, before anything is built on them."""

from collections.abc import Mapping
from typing import Any

import psycopg
import redis
from kombu.connection import Connection
from kombu.exceptions import OperationalError

from deploy.local.binaries import OLDEST_POSTGRESQL
from deploy.local.problems import Problem

PATIENCE = 5


def require_answers(environment: Mapping[str, str]) -> None:
    """Raise Problem for the first of DATABASE_URL, BROKER_URL and CACHE_URL that is set and does not serve."""
    checks = {"DATABASE_URL": _database, "BROKER_URL": _broker, "CACHE_URL": _cache}
    for name, check in checks.items():
        if address := environment.get(name):
            try:
                check(address)
            except Unusable as error:
                raise Problem(
                    f"{name} names a server that cannot be used: {error}. Correct it, or unset it."
                ) from error


def cache_named(environment: Mapping[str, str]) -> str:
    """Give CACHE_URL, else the broker when it is a Redis that a cache can use too."""
    if named := environment.get("CACHE_URL"):
        return named
    broker = environment.get("BROKER_URL", "")
    if broker.startswith("redis+socket://"):
        return broker.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")
    return broker if broker.startswith(("redis://", "rediss://")) else ""


class Unusable(Exception):
    """What the server, or its driver, said."""


def _database(address: str) -> None:
    try:
        with psycopg.connect(address, connect_timeout=PATIENCE) as connection:
            release = connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise Unusable(_first_line(error)) from error
    if release < OLDEST_POSTGRESQL:
        raise Unusable(f"it is PostgreSQL {release}, and {OLDEST_POSTGRESQL} or newer is needed")


def _broker(address: str) -> None:
    broker: Any = Connection
    try:
        with broker(address, connect_timeout=PATIENCE) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=PATIENCE)
    except (OperationalError, OSError, ValueError, KeyError, ImportError) as error:
        raise Unusable(_first_line(error)) from error


def _cache(address: str) -> None:
    try:
        with redis.Redis.from_url(address, socket_connect_timeout=PATIENCE) as client:
            client.ping()
    except (redis.RedisError, ValueError, TypeError) as error:
        raise Unusable(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
