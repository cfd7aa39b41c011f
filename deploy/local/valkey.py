"""One instance's Valkey (or Redis): the jobs' broker and the cache."""

import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from deploy.local.account import Account
from deploy.local.logs import tail
from deploy.local.problems import Problem

PATIENCE = 30.0


@dataclass
class Valkey:
    """With `durable`, a queued job outlives the server: it is on the disk before it is acknowledged."""

    program: Path
    home: Path
    sockets: Path
    account: Account
    durable: bool = True
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def log(self) -> Path:
        return self.home / "valkey.log"

    @property
    def broker_url(self) -> str:
        return f"redis+socket://{quote(str(self.socket))}"

    @property
    def cache_url(self) -> str:
        return f"unix://{quote(str(self.socket))}?db=1"

    def start(self) -> None:
        """Start the server, or join the one that answers on this socket already."""
        if self.answers():
            return
        data = self.home / "valkey"
        if not data.exists():
            data.mkdir(mode=0o700)
        self.account.own(data)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [self.program, *self._settings(data)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=self.home,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
                **self.account.launch(),
            )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise Problem(f"Valkey did not start; its log {self.log} ends so:\n{tail(self.log)}")
            time.sleep(0.02)

    def answers(self) -> bool:
        try:
            with self._client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def stop(self) -> None:
        try:
            with self._client() as client:
                client.shutdown()
        except redis.RedisError:
            pass  # already gone
        if self._process is not None:
            self._process.wait(timeout=30)
            self._process = None
        self._wait_for_silence()

    def _wait_for_silence(self) -> None:
        """Wait for the end of a server that somebody else of us started."""
        deadline = time.monotonic() + PATIENCE
        while self.answers() and time.monotonic() < deadline:
            time.sleep(0.05)

    def _settings(self, data: Path) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(data),
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "always",
        }
        return [word for name, value in settings.items() for word in (f"--{name}", value)]

    def _client(self) -> redis.Redis:
        once = Retry(NoBackoff(), retries=0)
        path = str(self.socket)
        return redis.Redis(unix_socket_path=path, socket_timeout=5, socket_connect_timeout=5, retry=once)
