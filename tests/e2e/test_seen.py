"""Each proof of the walk sees what it is for: a sound page has no fault, and one fault planted in it is told."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread

import pytest
from playwright.sync_api import Browser

from deploy.local.address import Address
from tests.e2e.planted import Planted
from tests.e2e.steps import tab_to
from tests.e2e.tour import Visit, browsing, visited
from tests.quality.budgets import PUBLIC, Cost
from tests.quality.pages import Page
from tests.quality.people import ANYONE

pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">
<style>body {{ color: #000; background: #fff }} :focus {{ outline: 3px solid }}</style>
{head}</head>
<body><main><h1>Page</h1><p class="text">Un texte.</p><button>Entrer</button>{body}</main></body></html>"""
# It does not pack: what is drawn at random has no shorter form.
HEAVY = Random(1).randbytes(PUBLIC.weight or 0).hex().encode()

FAULTS = {
    "a picture without words": ("", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "light 390: image-alt"),
    "grey on white": ("<style>.text { color: #aaa }</style>", "", "light 390: color-contrast"),
    "grey on white in the dark alone": (
        "<style>@media (prefers-color-scheme: dark) { .text { color: #aaa } }</style>",
        "",
        "dark 1280: color-contrast",
    ),
    "a block of 500 px": ("<style>.text { min-width: 500px }</style>", "", "320 px: "),
    "a block of 650 px on a large screen": (
        "<style>@media (min-width: 600px) { .text { min-width: 650px } }</style>",
        "",
        "200 %: ",
    ),
    "a box as high as its text": (
        "<style>.text { height: 20px; overflow: hidden }</style>",
        "",
        "text at 200 %: cut off",
    ),
    "somebody else's style sheet": (
        '<link rel="stylesheet" href="http://ailleurs.localhost:{port}/style.css">',
        "",
        "third_parties: 1",
    ),
    "a heavy page": ('<script src="/heavy.js"></script>', "", "weight: "),
    "a heavy font": (
        "<style>@font-face { font-family: F; src: url(/heavy.woff2) } body { font-family: F }</style>",
        "",
        "fonts: ",
    ),
    "many requests": ("".join(f'<link rel="stylesheet" href="/{n}.css">' for n in range(20)), "", "requests: 21"),
    "many elements": ("", "<p>.</p>" * 300, "nodes: "),
    "a script that fails": ("<script>throw new Error('broken')</script>", "", "broken"),
    "a file that is not there": ('<script src="/missing.js"></script>', "", "Failed to load resource"),
}


class Answers(BaseHTTPRequestHandler):
    """Serves what its server holds."""

    def do_GET(self) -> None:
        holds: dict[str, bytes] = self.server.holds  # type: ignore[attr-defined]
        content = b"" if self.path.strip("/0123456789") in {".css", "style.css"} else holds.get(self.path)
        self.send_response(404 if content is None else 200)
        kinds = {"css": "text/css", "js": "text/javascript", "woff2": "font/woff2"}
        self.send_header("Content-Type", kinds.get(self.path.rpartition(".")[2], "text/html; charset=utf-8"))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *told: object) -> None:
        """Say nothing."""


Look = Callable[[str, str], Visit]


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as serving:
        serving.holds = {"/heavy.js": b"//" + HEAVY, "/heavy.woff2": HEAVY}  # type: ignore[attr-defined]
        Thread(target=serving.serve_forever, daemon=True).start()
        yield serving
        serving.shutdown()


@pytest.fixture
def look(chromium: Browser, server: ThreadingHTTPServer) -> Look:
    """What the walk says of a sound page with something more in its head or its body."""
    port = server.server_address[1]
    address = Address(port=port)
    page = Page("portal", "planted", address.domain, "/", ANYONE, 200, Cost())

    def see(head: str, body: str) -> Visit:
        head = head.replace("{port}", str(port))
        server.holds["/"] = SOUND.format(head=head, body=body).encode()  # type: ignore[attr-defined]
        with browsing(chromium, []) as tab:
            return visited(tab, Planted(address, [page], {}), page)

    return see


def test_a_sound_page_has_no_fault(look: Look) -> None:
    assert list(look("", "").faults()) == []


@pytest.mark.parametrize("planted_fault", FAULTS)
def test_a_planted_fault_is_told(look: Look, planted_fault: str) -> None:
    head, body, told = FAULTS[planted_fault]
    assert any(told in each for each in look(head, body).faults())


@pytest.mark.parametrize("style", ["button:focus { outline: none }", "button:focus { position: fixed; top: -99px }"])
def test_a_focus_that_is_not_seen_is_told(chromium: Browser, style: str) -> None:
    with browsing(chromium, []) as tab:
        tab.set_content(SOUND.format(head=f"<style>{style}</style>", body='<a href="#">Plus loin</a>'))
        with pytest.raises(AssertionError, match="the focus is not seen on <button>"):
            tab_to(tab, tab.get_by_role("link"))


def test_what_the_keyboard_does_not_reach_is_told(chromium: Browser) -> None:
    with browsing(chromium, []) as tab:
        tab.set_content(SOUND.format(head="", body='<a href="#" tabindex="-1">Plus loin</a>'))
        with pytest.raises(AssertionError, match="cannot be reached"):
            tab_to(tab, tab.get_by_role("link"))
