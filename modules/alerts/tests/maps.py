"""Maps of vigilance, written from the description of Météo-France's API « DPVigilance » (docs/vigilance.md)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from django.utils import timezone

KEY = "the-key"
HOUR = timedelta(hours=1)
Hours = Sequence[tuple[datetime, datetime, int]]


def now() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def item(phenomenon: int, hours: Hours, colour: int | None = None) -> dict[str, Any]:
    """`colour`: the highest, when it is not told by the hours, as for floods."""
    return {
        "phenomenon_id": str(phenomenon),
        "phenomenon_max_color_id": colour or max((each[2] for each in hours), default=1),
        "timelaps_items": [
            {"begin_time": _iso(begin), "end_time": _iso(end), "color_id": each} for begin, end, each in hours
        ],
    }


def period(echeance: str, begin: datetime, domains: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    named = [
        {
            "domain_id": name,
            "max_color_id": 3,
            "phenomenon_items": list(items),
        }
        for name, items in domains.items()
    ]
    return {
        "echeance": echeance,
        "begin_validity_time": _iso(begin),
        "end_validity_time": _iso(begin + 24 * HOUR),
        "text_items": {"title": "", "text": []},
        "timelaps": {"domain_ids": named},
        "max_count_items": [],
    }


def map_of(*periods: Mapping[str, Any], at: datetime | None = None) -> bytes:
    product = {
        "warning_type": "vigilance",
        "type_cdp": "CDP_CARTE_EXTERNE",
        "version_vigilance": "V6",
        "version_cdp": "1.0.0",
        "update_time": _iso(at or now()),
        "domain_id": "FRA",
        "global_max_color_id": "3",
        "periods": list(periods),
    }
    return json.dumps({"product": product, "meta": {}}).encode()


def one(departement: str, phenomenon: int, colour: int, *, hours: int = 6, at: datetime | None = None) -> bytes:
    """A map that warns of one thing, from now on."""
    told = item(phenomenon, [(now() - HOUR, now() + hours * HOUR, colour)])
    return map_of(period("J", now() - 6 * HOUR, {departement: [told], "FRA": []}), at=at)


def _iso(moment: datetime) -> str:
    return moment.astimezone().isoformat(timespec="seconds")


@dataclass
class Service:
    """What the API answers next, and what it was asked with."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    keys: list[str | None] = field(default_factory=list)
    endpoint: str = ""
    drips: bool = False  # a byte now and then, for ever
    closed: Event = field(default_factory=Event)


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.keys.append(self.headers["apikey"])
            known = self.headers["apikey"] == KEY
            self.send_response(service.status if known else 401)
            for name, value in {
                **service.headers,
                **({} if service.drips else {"Content-Length": str(len(service.body))}),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(service.body)
            while service.drips and not service.closed.wait(0.02):
                self.wfile.write(b" ")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.endpoint = f"http://127.0.0.1:{server.server_port}/encours"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()
