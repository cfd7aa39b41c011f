"""Somebody who browses the demo: cookies, redirects from host to host, forms. Standard library only.

Python does not resolve `.localhost`: every connection goes to the demo's address with the host in its header.
"""

import http.client
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from deploy.local.address import Address
from deploy.local.forms import Form, forms

PATIENCE = 60
REDIRECTS = 10
TEXT = {"content-type": "application/x-www-form-urlencoded"}


class Unexpected(Exception):
    """The demo did not answer as it must."""


@dataclass(frozen=True)
class Page:
    """What a visitor got, after redirects."""

    url: str
    status: int
    text: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def form(self, *names: str, action: str = "") -> Form:
        """Give the first form that has all these fields, and `action` in where it may be sent."""
        for form in forms(self.text):
            places = [form.action or self.path, *form.actions]
            if set(names) <= {*form.values, *form.choices} and any(action in place for place in places):
                return form
        raise Unexpected(f"{self.url} has no form with {', '.join(names) or action}.")


@dataclass
class Visitor:
    """One browser: what a host set is given back to that host only."""

    address: Address
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, url: str) -> Page:
        return self._follow("GET", url, b"")

    def expect(self, url: str, status: HTTPStatus = HTTPStatus.OK) -> Page:
        """Read a page that must answer so. Raises Unexpected."""
        return _must(self.get(url), status)

    def send(self, page: Page, form: Form, action: str = "", **typed: str | list[str]) -> Page:
        """Send a form as its page shows it, with what is typed; `action` is the button's own place."""
        pairs = form.filled(**typed)
        url = urljoin(page.url, action or form.action)
        if form.method != "post":
            return _must(self.get(f"{url}?{urlencode(pairs)}"), HTTPStatus.OK)
        return _must(self._follow("POST", url, urlencode(pairs).encode()), HTTPStatus.OK)

    def _follow(self, method: str, url: str, body: bytes) -> Page:
        for _ in range(REDIRECTS):
            status, headers, text = self._ask(method, url, body)
            location = headers.get("location")
            if not 300 <= status < 400 or not location:
                return Page(url, status, text)
            url, method, body = urljoin(url, location), "GET", b""
        raise Unexpected(f"{url} redirects without an end.")

    def _ask(self, method: str, url: str, body: bytes) -> tuple[int, http.client.HTTPMessage, str]:
        parts = urlsplit(url)
        jar = self.cookies.setdefault(parts.netloc, {})
        headers = {"Host": parts.netloc, "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
        connection = http.client.HTTPConnection(self.address.ip, parts.port or 80, timeout=PATIENCE)
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path or "/", body or None, headers | (TEXT if body else {}))
            response = connection.getresponse()
            self._keep(jar, response.headers)
            return response.status, response.headers, response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise Unexpected(f"{url} does not answer: {error!r}.") from error
        finally:
            connection.close()

    def _keep(self, jar: dict[str, str], headers: http.client.HTTPMessage) -> None:
        for line in headers.get_all("set-cookie", []):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    jar.pop(name, None)
                else:
                    jar[name] = morsel.value


def _must(page: Page, status: HTTPStatus) -> Page:
    if page.status != status:
        raise Unexpected(f"{page.url} answered {page.status} instead of {status.value}.")
    return page
