"""Addresses of things in lists, for less than `reverse` asks: a list of twenty has twenty that differ by their key."""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

_ANY = UUID(int=0)


def address(name: str, key: UUID) -> str:
    """The path of the route `name`, whose one parameter is `key`."""
    return _pattern(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()).replace(str(_ANY), str(key))


@cache
def _pattern(name: str, urlconf: str, _script_prefix: str) -> str:
    return reverse(name, urlconf, args=[_ANY])
