"""One instance's PostgreSQL: made, started, recovered and stopped."""

import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from deploy.local.account import Account
from deploy.local.logs import tail
from deploy.local.problems import Problem

ROLE = DATABASE = "beffroi"
ROOM = 300 * 1024 * 1024
PATIENCE = 30.0

COMMON = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "max_locks_per_transaction": "2048",  # one commune's schema is 60 tables and 200 indexes, and deploys touch many
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "lc_messages": "C",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


@dataclass
class Postgres:
    """`programs` is a bin folder; `throwaway` trades durability for speed, for tests."""

    programs: Path
    home: Path
    sockets: Path
    account: Account
    throwaway: bool = False
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@{quote(str(self.sockets), safe='')}/{DATABASE}"

    def start(self) -> None:
        """Start the server, or join the one that runs in this folder already."""
        if not self.answers():
            self._require_room()
            self._require_same_version()
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self._configure()
            self._launch()
        self._create_database()

    def answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stop it cleanly, whoever of us started it. A process that is not this folder's server is left alone."""
        if self._postmaster() is not None:
            options = ["-m", "fast", "-w", "-t", "60", "-s"]
            self._run("pg_ctl", "stop", "-D", self.data, *options, failure="PostgreSQL did not stop")
        if self._process is not None:
            self._process.wait(timeout=60)
            self._process = None

    def _create(self) -> None:
        """Make the cluster beside its place and move it there at the end, so that a half-made one is never started."""
        half = self.data.with_name("postgres.new")
        if half.exists():
            shutil.rmtree(half)
        options = ["-U", ROLE, "-A", "trust", "-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8", "--no-instructions"]
        self._run("initdb", "-D", half, *options, *(["--no-sync"] if self.throwaway else []), failure="initdb failed")
        with (half / "postgresql.conf").open("a") as file:
            file.write("\ninclude 'beffroi.conf'\n")
        half.rename(self.data)

    def _configure(self) -> None:
        """Write the settings at each start: the sockets' folder changes when the clone moves."""
        folder = '"' + str(self.sockets).replace('"', '""') + '"'
        settings = COMMON | {"unix_socket_directories": folder} | (THROWAWAY if self.throwaway else {})
        quoted = {name: value.replace("'", "''") for name, value in settings.items()}
        path = self.data / "beffroi.conf"
        path.write_text("".join(f"{name} = '{value}'\n" for name, value in quoted.items()), encoding="utf-8")
        self.account.own(path)

    def _launch(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            self._forget_dead_postmaster()
            with self.log.open("wb") as log:
                self._process = subprocess.Popen(
                    [self.programs / "postgres", "-D", self.data],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    cwd=self.home,
                    env=self._environment(),
                    **self.account.launch(),
                )
            if self._comes_up(deadline):
                return
            # After a kill, the dead server's children may hold its memory for a moment more.
            if time.monotonic() > deadline or b"shared memory block" not in self.log.read_bytes():
                raise Problem(f"PostgreSQL did not start; its log {self.log} ends so:\n{tail(self.log)}")
            time.sleep(0.5)

    def _comes_up(self, deadline: float) -> bool:
        """Wait until it answers; false when it ended instead."""
        assert self._process is not None
        while self._process.poll() is None:
            if self.answers():
                return True
            if time.monotonic() > deadline:
                self._process.terminate()
                self._process.wait()
            time.sleep(0.03)
        return False

    def _postmaster(self) -> int | None:
        """Give the process of this folder's server, when it runs."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return number if str(self.data) in _command_line(number) else None

    def _forget_dead_postmaster(self) -> None:
        """Remove the lock of a server that was killed: its number may be another program's by now."""
        if self._postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _create_database(self) -> None:
        with self._connect() as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(f"create database {DATABASE}")

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.sockets), user=ROLE, dbname="postgres", connect_timeout=5, autocommit=True)

    def _require_room(self) -> None:
        free = shutil.disk_usage(self.home).free
        if free < ROOM:
            raise Problem(
                f"The disk of {self.home} has {free // 2**20} MB left and the database needs {ROOM // 2**20}: "
                "free some space, then run the same command again."
            )

    def _require_same_version(self) -> None:
        try:
            made = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return
        done = self._run("postgres", "--version", failure="PostgreSQL does not run")
        if done.split()[-1].split(".")[0] == made or f" {made}." in done:
            return
        if not self.throwaway:
            raise Problem(f"The demo's data was made by PostgreSQL {made}: start over with « make demo-reset ».")
        shutil.rmtree(self.data)

    def _run(self, program: str, *arguments: str | Path, failure: str) -> str:
        done = subprocess.run(
            [self.programs / program, *arguments],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd=self.home,
            env=self._environment(),
            **self.account.launch(),
        )
        if done.returncode:
            raise Problem(f"{failure}: {(done.stderr or done.stdout).strip()}")
        return done.stdout

    def _environment(self) -> Mapping[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.home)}


def _command_line(number: int) -> list[str]:
    """Give a live process's words; none for a dead one, or one that its parent has not buried yet."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="surrogateescape").split("\0")
    except OSError:
        pass
    if Path("/proc/self").exists():
        return []
    done = subprocess.run(["ps", "-o", "command=", "-p", str(number)], check=False, capture_output=True, text=True)
    return done.stdout.strip().split(" -D ")
