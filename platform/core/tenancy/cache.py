"""Keys of the shared cache: no entry of a commune is another's."""

from core.tenancy.here import current


def make_key(key: str, key_prefix: str, version: int) -> str:
    return f"{current().schema_name}:{key_prefix}:{version}:{key}"


def forget_entries(schema_name: str) -> int:
    """Remove all that the shared cache holds of a place, under any prefix and version; return how much it was."""
    from django.core.cache import caches
    from django.core.cache.backends.redis import RedisCache

    count = 0
    for cache in caches.all(initialized_only=False):
        if isinstance(cache, RedisCache):
            client = cache._cache.get_client(write=True)
            for key in client.scan_iter(match=f"{schema_name}:*", count=1000):
                count += client.delete(key)
    return count
