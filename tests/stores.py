"""Which numbered stores of a Redis or Valkey a test process works in: four to each, none read by another."""

import os
from urllib.parse import urlsplit

PROCESSES = 4  # such a server has sixteen stores


class NotNumbered(ValueError):
    """The address is no Redis's or Valkey's."""


def process() -> int:
    """Tell the processes of one run apart: 0 when there is one."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % PROCESSES


def store(address: str, use: int) -> str:
    """The same server's store for one use of this process: 0 jobs, 1 cache, 2 and 3 the same of its browser tests."""
    number, parts = process() * 4 + use, urlsplit(address)
    match parts.scheme:
        case "redis+socket":
            return f"redis+socket://{parts.path}?virtual_host={number}"
        case "unix":
            return f"unix://{parts.path}?db={number}"
        case "redis" | "rediss":
            return parts._replace(path=f"/{number}").geturl()
    raise NotNumbered(parts.scheme)
