"""The link that stops, in each e-mail that was asked for: it works from any of them, for ever, without signing in."""

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from core.delivery.models import Channel

# It names person, channel and topic under our signature, and holds no secret at rest.
_STOP = Signer(salt="core.delivery.unsubscribing")


class Stop(NamedTuple):
    """What a link stops; an empty topic is all of them."""

    user: UUID
    channel: Channel
    topic: str


def stop_url(home: str, user: UUID, channel: Channel, topic: str = "") -> str:
    word = _STOP.sign(f"{user.hex}.{channel.value}.{topic}")
    path = reverse("delivery:unsubscribe", settings.SITE_URLCONFS["space"], args=[word])  # jobs run under no site
    return home + path.lstrip("/")


def read(word: str) -> Stop | None:
    """What the link stops, None when it is not ours."""
    try:
        user, channel, topic = _STOP.unsign(word).split(".")
        return Stop(UUID(user), Channel(channel), topic)
    except (BadSignature, ValueError):
        return None
