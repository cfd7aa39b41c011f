"""How often a program may call; counted apart in each commune by the cache's keys."""

from typing import Any

from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from core.web.throttle import client_address


class Anonymous(AnonRateThrottle):
    scope = "anonymous"

    def get_ident(self, request: Any) -> str:
        return client_address(request)


class Person(UserRateThrottle):
    scope = "person"

    def get_ident(self, request: Any) -> str:
        return client_address(request)
