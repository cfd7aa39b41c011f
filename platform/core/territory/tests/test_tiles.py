"""Tiles come from the one source, of this commune only, and a source that fails harms no page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from django.test import Client

from core.territory import tiles
from core.territory.geometry import Box
from core.territory.tests.factories import SAMPLES
from tests.cast import Cast

On = Callable[[str], Client]
PNG = b"\x89PNG\r\n\x1a\n" + b"tile"
WEBP = b"RIFF\x04\0\0\0WEBPtile"
ZOOM, X, Y = (int(str(SAMPLES["territory:tile", name])) for name in ("zoom", "x", "y"))
PATH = f"/tuiles/{ZOOM}/{X}/{Y}.png"
AUBIN = Box(44.95, 3.95, 45.05, 4.05)


@dataclass
class Source:
    """A server of tiles on this machine: what it answers, and what it was asked."""

    status: int = 200
    content: bytes = PNG
    location: str = ""
    silent: bool = False
    missing: int = 0
    garbage: bool = False
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    stopping: Event = field(default_factory=Event)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        self.agents.append(request.headers["User-Agent"])
        if self.silent:
            self.stopping.wait(10)
            return
        if self.garbage:
            request.wfile.write(b"not the protocol\r\n\r\n")
            return
        request.send_response(self.status)
        request.send_header("Content-Length", str(len(self.content) + self.missing))
        if self.location:
            request.send_header("Location", self.location)
        request.end_headers()
        request.wfile.write(self.content)


@pytest.fixture
def source(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    known = Source()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.answer(self)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    settings.TILE_SOURCE = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
    yield known
    known.stopping.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("content", "kind"), [(PNG, "image/png"), (WEBP, "image/webp")])
def test_a_tile_is_fetched_once_and_kept(cast: Cast, client_on: On, source: Source, content: bytes, kind: str) -> None:
    source.content = content
    for _ in range(3):
        answer = client_on(cast.aubin.host).get(PATH)
        assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, content, kind)
        assert "max-age" in answer["Cache-Control"]
    assert source.asked == [f"/{ZOOM}/{X}/{Y}.png"]
    assert source.agents[0].startswith("Beffroi")


@pytest.mark.parametrize(
    "path",
    [
        "/tuiles/12/0/0.png",
        f"/tuiles/12/{X + 3}/{Y}.png",
        f"/tuiles/12/{X}/{Y - 3}.png",
        "/tuiles/0/0/0.png",
        "/tuiles/25/0/0.png",
        "/tuiles/99999999999/1/1.png",
        f"/tuiles/12/{2**70}/1.png",
        "/tuiles/12/../1.png",
        "/tuiles/12/1/a.png",
        "/tuiles/-1/1/1.png",
        f"/tuiles/12/{X}/{Y}.jpg",
    ],
)
def test_nothing_but_the_communes_own_tiles_is_asked_of_the_source(
    cast: Cast, client_on: On, source: Source, path: str
) -> None:
    assert client_on(cast.aubin.host).get(path).status_code == 404
    assert not source.asked


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": 500},
        {"status": 404},
        {"content": b""},
        {"content": b"<html>blocked</html>"},
        {"content": b"<svg xmlns='http://www.w3.org/2000/svg'/>"},
        {"content": PNG + b"x" * tiles.LARGEST},
        {"status": 302, "location": "http://127.0.0.1:1/"},
        {"silent": True},
        {"missing": 5},
        {"garbage": True},
    ],
)
def test_a_source_that_fails_gives_no_tile_and_is_left_alone_a_while(
    cast: Cast, client_on: On, source: Source, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    monkeypatch.setattr(tiles, "TIMEOUT", 0.2 if wrong.get("silent") else 5)
    for name, value in wrong.items():
        setattr(source, name, value)
    browser = client_on(cast.aubin.host)
    assert browser.get(PATH).status_code == 404
    assert browser.get(PATH)["Cache-Control"] == "no-store"
    assert len(source.asked) == 1


def test_a_source_that_is_down_gives_no_tile(cast: Cast, client_on: On, settings: Any) -> None:
    settings.TILE_SOURCE = "http://127.0.0.1:1/{z}/{x}/{y}.png"
    assert client_on(cast.aubin.host).get(PATH).status_code == 404


def test_without_a_source_there_is_no_tile_and_no_credit(
    cast: Cast, client_on: On, client_of: Callable[..., Client]
) -> None:
    assert client_on(cast.aubin.host).get(PATH).status_code == 404
    page = client_of(cast.aubin.administrator).get("/mairie/territoire/").content.decode()
    assert "&quot;tiles&quot;:false" in page
    assert "OpenStreetMap" not in page


def test_the_source_is_credited_on_the_map(cast: Cast, client_of: Callable[..., Client], source: Source) -> None:
    assert "OpenStreetMap" in client_of(cast.aubin.administrator).get("/mairie/territoire/").content.decode()


def test_whoever_asks_too_many_tiles_is_told_to_wait(
    cast: Cast, client_on: On, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "PER_MINUTE", 1)
    browser = client_on(cast.aubin.host)
    assert browser.get(PATH).status_code == 200
    assert browser.get(f"/tuiles/{ZOOM}/{X + 1}/{Y}.png").status_code == 429
    assert browser.get(PATH).status_code == 200, "a kept tile costs nothing"
    assert len(source.asked) == 1


@pytest.mark.parametrize("zoom", tiles.ZOOMS)
def test_every_zoom_covers_the_commune_and_little_more(zoom: int) -> None:
    left, top = tiles.tile_at(AUBIN.north, AUBIN.west, zoom)
    right, bottom = tiles.tile_at(AUBIN.south, AUBIN.east, zoom)
    assert tiles.covers(AUBIN, zoom, left, top)
    assert tiles.covers(AUBIN, zoom, right + 1, bottom + 1)
    assert not tiles.covers(AUBIN, zoom, left - 2, top)
    assert not tiles.covers(AUBIN, zoom, right, bottom + 2)


def test_the_grid_is_the_one_of_web_maps() -> None:
    assert tiles.tile_at(48.8584, 2.2945, 15) == (16592, 11272)
    assert tiles.tile_at(90, 180, 1) == (1, 0)
    assert tiles.tile_at(-90, -180, 1) == (0, 1)
