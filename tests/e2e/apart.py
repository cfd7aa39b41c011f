"""The tests' own servers, with a database and stores that nothing else uses."""

import os

import psycopg
import redis

from deploy.local.named import cache_named
from deploy.local.servers import Servers
from tests.stores import process, store


def servers_apart(name: str, use: int) -> Servers:
    """A database of its own and two stores of the broker, `use` and the next; raises NotNumbered."""
    base, database = os.environ["DATABASE_URL"].rsplit("/", 1)[0], f"{name}_{process()}"
    queue, cache = store(os.environ["BROKER_URL"], use), store(os.environ["CACHE_URL"], use + 1)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"drop database if exists {database} with (force)")  # type: ignore[call-overload]
        server.execute(f"create database {database}")  # type: ignore[call-overload]
    for address in (cache_named({"BROKER_URL": queue}), cache):
        with redis.Redis.from_url(address) as client:
            client.flushdb()
    return Servers(f"{base}/{database}", queue, cache)
