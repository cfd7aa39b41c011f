"""Keys of the shared cache: no entry of a commune is another's."""

from core.tenancy.here import current


def make_key(key: str, key_prefix: str, version: int) -> str:
    return f"{current().schema_name}:{key_prefix}:{version}:{key}"
