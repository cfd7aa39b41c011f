"""Names and addresses: which host is whose, and the only helper that makes links from one host to another."""

from django.conf import settings

from tenants.models import Commune, Space

CONSOLE = "console"


def origin(host: str) -> str:
    """The scheme, host and port of an absolute link."""
    default = {"https": 443, "http": 80}[settings.SCHEME]
    port = "" if default == settings.PORT else f":{settings.PORT}"
    return f"{settings.SCHEME}://{host}{port}"


def portal_url(path: str) -> str:
    return origin(settings.BASE_DOMAIN) + path


def console_url(path: str) -> str:
    return origin(f"{CONSOLE}.{settings.BASE_DOMAIN}") + path


def host_url(slug: str, path: str) -> str:
    return origin(f"{slug}.{settings.BASE_DOMAIN}") + path


def commune_url(commune: Commune, path: str) -> str:
    return host_url(commune.slug, path)


def space_host(space: Space) -> str:
    assert space.commune is not None
    return f"{space.custom_name or space.commune.slug}.{settings.BASE_DOMAIN}"


def space_url(space: Space, path: str) -> str:
    return origin(space_host(space)) + path
