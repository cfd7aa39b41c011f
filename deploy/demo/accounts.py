"""Who can sign in to the demo. Read from the texts: no database is asked, so the list is as it was set up."""

from collections.abc import Callable, Iterator

from deploy.demo.texts import OPERATOR, SLUGS, SUSPENDED, WAITING, Place

Url = Callable[[str, str], str]


def accounts(url: Url) -> Iterator[str]:
    """One line each: address, role, and where to sign in. `url` gives the address of a path on a label's host."""
    yield _line(OPERATOR, "operator", url("console", "/"))
    for place in map(Place.read, SLUGS):
        for colleague in place.staff:
            yield _line(place.address(colleague), colleague.role, url(place.slug, "/mairie/"))
    yield _line(f"mairie@{WAITING}.example", "administrator", f"{url(WAITING, '/mairie/')} (waits for its mandate)")
    yield _line(f"secretariat@{SUSPENDED}.example", "administrator", f"{url(SUSPENDED, '/mairie/')} (suspended)")


def _line(email: str, role: str, where: str) -> str:
    return f"{email:<40} {role:<14} {where}"
