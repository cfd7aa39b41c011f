"""Sessions, people and messages exist only where there are people."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware

from core.tenancy.middleware import SpaceOnly


class SpaceSession(SpaceOnly, SessionMiddleware):
    """No session on portal and unopened hosts."""


class SpaceAuthentication(SpaceOnly, AuthenticationMiddleware):
    """No user on portal and unopened hosts."""


class SpaceMessages(SpaceOnly, MessageMiddleware):
    """No messages on portal and unopened hosts."""
