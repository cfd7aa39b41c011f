"""A payload that only one device can read: Message Encryption for Web Push (RFC 8291) in one record (RFC 8188)."""

import hmac
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.delivery.push.vapid import point

RECORD = 4096
LONGEST = RECORD - 16 - 1  # what is left of a record by its tag and its last byte


def seal(
    payload: bytes, *, p256dh: bytes, auth: bytes, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes = b""
) -> bytes:
    """The body of a push request. `own` and `salt` are drawn anew each time, but in tests.

    Raises ValueError for a payload that is too long, or a key that is no point of the curve.
    """
    if len(payload) > LONGEST:
        raise ValueError(f"{len(payload)} bytes are too many for a notification")
    own, salt = own or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    theirs, sender = device_key(p256dh), point(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    secret = _expanded(_extracted(auth, shared), b"WebPush: info\0" + p256dh + sender, 32)
    extracted = _extracted(salt, secret)
    key = _expanded(extracted, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _expanded(extracted, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(sender)]) + sender
    return header + AESGCM(key).encrypt(nonce, payload + b"\x02", None)


def device_key(p256dh: bytes) -> ec.EllipticCurvePublicKey:
    """Raises ValueError."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)


def _extracted(salt: bytes, secret: bytes) -> bytes:
    """HKDF (RFC 5869) in its two halves, the first of which two keys share."""
    return hmac.digest(salt, secret, "sha256")


def _expanded(extracted: bytes, info: bytes, length: int) -> bytes:
    return hmac.digest(extracted, info + b"\1", "sha256")[:length]
