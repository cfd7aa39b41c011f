"""Servers that the environment names are used, and asked first whether they serve."""

import os

import pytest

from deploy.local.named import cache_named, require_answers
from deploy.local.problems import Problem

NOBODY = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("DATABASE_URL", f"postgresql://beffroi@{NOBODY}/beffroi"),
        ("DATABASE_URL", "beffroi"),
        ("BROKER_URL", f"redis://{NOBODY}/0"),
        ("BROKER_URL", "nothing://x"),
        ("CACHE_URL", f"redis://{NOBODY}/1"),
        ("CACHE_URL", "x"),
    ],
)
def test_a_named_server_that_does_not_serve_is_one_sentence(name: str, address: str) -> None:
    with pytest.raises(Problem) as raised:
        require_answers({name: address})
    assert str(raised.value).startswith(f"{name} names a server that cannot be used: ")
    assert "\n" not in str(raised.value)


def test_servers_that_serve_are_used() -> None:
    named = {name: os.environ[name] for name in ("DATABASE_URL", "BROKER_URL", "CACHE_URL")}
    require_answers(named)
    require_answers(dict.fromkeys(named, ""))


def test_a_redis_broker_is_the_cache_too() -> None:
    assert cache_named({"BROKER_URL": "redis://a:6379/3"}) == "redis://a:6379/3"
    assert cache_named({"BROKER_URL": "redis+socket:///run/v.sock?virtual_host=3"}) == "unix:///run/v.sock?db=3"
    assert cache_named({"BROKER_URL": "amqp://a//"}) == ""
    assert cache_named({"BROKER_URL": "redis://a/0", "CACHE_URL": "redis://b/0"}) == "redis://b/0"
