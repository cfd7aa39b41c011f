"""Who sends: the platform signs each request with its own key (RFC 8292)."""

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

SHIFT = 6 * 3600  # a signature serves all requests to one origin for so many seconds, and is good for one more shift


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def can_push() -> bool:
    """Whether this platform has a key."""
    return bool(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """What browsers subscribe with: the uncompressed point."""
    return _public(settings.VAPID_PRIVATE_KEY)


def authorization(origin: str) -> str:
    """The header of a request to a push service."""
    key = settings.VAPID_PRIVATE_KEY
    return f"vapid t={_token(key, origin, int(time.time()) // SHIFT)}, k={_public(key)}"


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@lru_cache(maxsize=4)
def _private(key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(key), "big"), ec.SECP256R1())


@lru_cache(maxsize=4)
def _public(key: str) -> str:
    return encoded(point(_private(key).public_key()))


@lru_cache(maxsize=100)
def _token(key: str, origin: str, shift: int) -> str:
    claims = {"aud": origin, "exp": (shift + 2) * SHIFT, "sub": f"mailto:{settings.OPERATOR_EMAIL}"}
    said = ".".join(encoded(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    numbers = decode_dss_signature(_private(key).sign(said.encode(), ec.ECDSA(SHA256())))
    return f"{said}.{encoded(b''.join(number.to_bytes(32, 'big') for number in numbers))}"
