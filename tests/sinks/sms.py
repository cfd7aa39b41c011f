"""A provider of SMS with OVHcloud's addresses: so many a second and no more, and now and then a refusal."""

import json
import random
import time

from tests.sinks.http import Http, Records

BURST = 5


class Bucket:
    """What all connections share."""

    def __init__(self, rate: float) -> None:
        self.rate, self.full, self.at = rate, float(BURST), time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self.full, self.at = min(BURST, self.full + (now - self.at) * self.rate), now
        if self.full < 1:
            return False
        self.full -= 1
        return True


_bucket: list[Bucket] = []


class Sms(Http):
    def __init__(self, taken: Records, *, rate: float, refused: float) -> None:
        super().__init__(taken)
        self.rate, self.refused = rate, refused
        if not _bucket:
            _bucket.append(Bucket(rate))

    def asked(self, head: bytes, body: bytes) -> bytes:
        if b"/auth/time " in head:
            return _answer(200, str(int(time.time())))
        job = json.loads(body)
        number = job["receivers"][0]
        busy = random.random() < self.refused or (self.rate and not _bucket[0].take())
        self.taken.append((time.time(), number, job["tag"], 429 if busy else 200))
        if busy:
            return _answer(429, '{"message": "Too many requests"}')
        return _answer(200, json.dumps({"ids": [random.getrandbits(50)], "invalidReceivers": []}))


def _answer(status: int, body: str) -> bytes:
    words = {200: "OK", 429: "Too Many Requests"}[status]
    head = f"HTTP/1.1 {status} {words}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()
