"""A sink's process, and the line by which it tells what it took."""

import asyncio
import os
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from tests.sinks import certificate
from tests.sinks.mail import Mail
from tests.sinks.push import Push
from tests.sinks.sms import Sms


class Taken(NamedTuple):
    """One message. `what` is what a receiver tells doubles by: a Topic, a Message-ID, a reference."""

    at: float
    to: str
    what: str
    status: int


@dataclass
class Sink:
    """`origin` is where it answers; `authority` is the file of the certificate to trust, empty without TLS."""

    origin: str
    port: int
    line: Connection
    authority: str = ""
    records: list[Taken] = field(default_factory=list)

    def asked(self) -> tuple[list[Taken], float]:
        """What it took, and its CPU seconds, since it was asked before; `records` keeps it all."""
        self.line.send(True)
        taken, seconds = self.line.recv()
        found = [Taken(*each) for each in taken]
        self.records += found
        return found, seconds

    def good(self) -> list[Taken]:
        """All that it accepted so far."""
        self.asked()
        return [each for each in self.records if 200 <= each.status < 300]


def push_service(*, tls: bool = False) -> Any:
    """201 to all, but 410 to a device whose address says that it is gone."""
    return _sinking(Push, tls=tls)


def mail_server() -> Any:
    """250 to all, but 550 to who is unknown."""
    return _sinking(Mail)


def sms_provider(*, rate: float = 0, refused: float = 0) -> Any:
    """OVHcloud's API. Above `rate` a second it answers 429, and at random to this share."""
    return _sinking(partial(Sms, rate=rate, refused=refused))


@contextmanager
def _sinking(protocol: Callable[..., asyncio.Protocol], *, tls: bool = False) -> Iterator[Sink]:
    ours, theirs = get_context("spawn").Pipe()
    with tempfile.TemporaryDirectory() as folder:
        authority = certificate.written(Path(folder)) if tls else ""
        process = get_context("spawn").Process(target=_serve, args=(protocol, theirs, authority), daemon=True)
        process.start()
        try:
            port = ours.recv()
            yield Sink(f"{'https' if tls else 'http'}://localhost:{port}", port, ours, authority)
        finally:
            process.terminate()
            process.join()


def _serve(protocol: Callable[..., asyncio.Protocol], line: Connection, authority: str) -> None:
    asyncio.run(_taking(protocol, line, authority))


async def _taking(protocol: Callable[..., asyncio.Protocol], line: Connection, authority: str) -> None:
    taken: list[tuple[float, str, str, int]] = []
    context = None
    if authority:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: protocol(taken), "127.0.0.1", 0, backlog=1000, ssl=context)
    line.send(server.sockets[0].getsockname()[1])
    before = 0.0

    def answer() -> None:
        nonlocal before
        try:
            line.recv()
        except EOFError:  # whoever started this is gone
            loop.stop()
            return
        now = sum(os.times()[:2])
        line.send((list(taken), now - before))
        taken.clear()
        before = now

    loop.add_reader(line.fileno(), answer)
    await server.serve_forever()
