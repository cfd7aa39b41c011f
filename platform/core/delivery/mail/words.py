"""The word by which a mail service says whose e-mail it speaks of: signed, as its calls come from outside."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

KEY = "beffroi"
_WORD = Signer(salt="core.delivery.mail")


def word_of(schema_name: str, key: UUID) -> str:
    return _WORD.sign(f"{schema_name}.{key.hex}")


def read(word: object) -> tuple[str, UUID] | None:
    """The commune's schema and the e-mail's number, None when the word is not ours."""
    try:
        schema_name, key = _WORD.unsign(str(word)).split(".")
        return schema_name, UUID(key)
    except (BadSignature, ValueError):
        return None
