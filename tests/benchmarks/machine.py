"""What a figure was measured on, and a database of its own to measure in."""

import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from tests import database

PROCESSES = Path("/proc")
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
DISK = "pg_default"
TICK = os.sysconf("SC_CLK_TCK")


def described() -> str:
    """The machine and how busy it is: absolute times mean nothing without it."""
    loads = ", ".join(f"{load:.2f}" for load in os.getloadavg())
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        (version,) = cursor.fetchone()
    return (
        f"Python {platform.python_version()}, PostgreSQL {version}, {os.cpu_count()} cores, "
        f"load over 1, 5 and 15 minutes: {loads}"
    )


@contextmanager
def own_database(name: str, *, tablespace: str = DISK) -> Iterator[None]:
    """A copy of the tests' database, with its cast, dropped afterwards."""
    name = f"bench_{name}_{os.getpid()}"
    database.copy_template(name, tablespace=tablespace)
    try:
        yield
    finally:
        connection.close()
        database.server(f'drop database if exists "{name}" with (force)')


@contextmanager
def files_in_memory(*, wanted: bool) -> Iterator[str]:
    """A tablespace in this machine's memory; DISK where there is none, or where it is not wanted.

    A disk on which many files were deleted minutes ago makes new ones slowly: ext4 looks at each of those before it
    gives an inode. That would be most of what is measured.
    """
    server = server_process()
    if not wanted or not server or not MEMORY.is_dir():
        yield DISK
        return
    folder = Path(tempfile.mkdtemp(prefix="beffroi-bench-", dir=MEMORY))
    owner = (PROCESSES / str(server)).stat()
    os.chown(folder, owner.st_uid, owner.st_gid)
    name = f"bench_{os.getpid()}"
    database.server(f"create tablespace {name} location '{folder}'")
    try:
        yield name
    finally:
        database.server(f"drop tablespace {name}")
        shutil.rmtree(folder)


def server_process() -> int:
    """The database server's process when it runs on this machine, else 0."""
    if not str(settings.DATABASES["default"]["HOST"]).startswith("/"):
        return 0
    try:
        ((told,),) = database.server("select pg_read_file('postmaster.pid')")
    except psycopg.Error:  # a role that may not look, as in production
        return 0
    number = int(str(told).split()[0])
    return number if (PROCESSES / str(number)).exists() else 0


class Processor:
    """CPU seconds of this process and of the database server's, where that runs on this machine: on a busy one, the
    clock mostly tells how long they waited."""

    def __init__(self) -> None:
        self._server = server_process()

    def seconds(self) -> float:
        return time.process_time() + (self._of_server() if self._server else 0)

    def _of_server(self) -> float:
        """Of the server, of its children, and of those that are gone."""
        ticks = sum(map(int, _fields(self._server)[13:15]))
        for folder in PROCESSES.iterdir():
            if folder.name.isdigit():
                fields = _fields(int(folder.name))
                if fields and int(fields[1]) == self._server:
                    ticks += sum(map(int, fields[11:13]))
        return (ticks + sum(map(int, _fields(self._server)[11:13]))) / TICK


def spent_of(pid: int) -> float:
    """CPU seconds of a process and of all that it started, gone or not."""
    children: dict[int, list[int]] = {}
    for folder in PROCESSES.iterdir():
        if folder.name.isdigit() and (fields := _fields(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    ticks, todo = 0, [pid]
    while todo:
        each = todo.pop()
        fields = _fields(each)
        ticks += sum(map(int, fields[11:15])) if fields else 0
        todo += children.get(each, [])
    return ticks / TICK


def _fields(pid: int) -> list[str]:
    """Of /proc/PID/stat, from the state on: 1 is the parent, 11 to 14 the ticks of the process and of its children."""
    try:
        return (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
