"""How often a program may call; counted apart in each commune by the cache's keys."""

from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class Anonymous(AnonRateThrottle):
    scope = "anonymous"


class Person(UserRateThrottle):
    scope = "person"
