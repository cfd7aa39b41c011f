"""A push service in a process of its own, that takes all it is given and costs little."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Sink:
    origin: str
    line: Connection

    def asked(self) -> tuple[int, float]:
        """How many requests it took, and its CPU seconds, since it was asked before."""
        self.line.send(True)
        count, seconds = self.line.recv()
        return count, seconds


class Taking(asyncio.Protocol):
    taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.heard = transport, b""

    def data_received(self, data: bytes) -> None:
        self.heard += data
        while (end := self.heard.find(b"\r\n\r\n")) >= 0:
            length = int(self.heard[:end].lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            if len(self.heard) < end + 4 + length:
                return
            self.heard = self.heard[end + 4 + length :]
            Taking.taken += 1
            self.transport.write(ANSWER)


@contextmanager
def sinking() -> Iterator[Sink]:
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Sink(f"http://127.0.0.1:{ours.recv()}", ours)
    finally:
        process.terminate()
        process.join()


def _serve(line: Connection) -> None:
    asyncio.run(_taking(line))


async def _taking(line: Connection) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Taking, "127.0.0.1", 0, backlog=1000)
    line.send(server.sockets[0].getsockname()[1])
    before = 0.0

    def answer() -> None:
        nonlocal before
        line.recv()
        now = sum(os.times()[:2])
        line.send((Taking.taken, now - before))
        Taking.taken, before = 0, now

    loop.add_reader(line.fileno(), answer)
    await server.serve_forever()
