"""How often a program may call; counted apart in each commune by the cache's keys."""

from typing import Any

from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from core.web.throttle import client_address


class _ByAddress:
    """A stranger is known by the address that pages count by."""

    def get_ident(self, request: Any) -> str:
        return client_address(request)


class Anonymous(_ByAddress, AnonRateThrottle):
    scope = "anonymous"


class Person(_ByAddress, UserRateThrottle):
    scope = "person"
