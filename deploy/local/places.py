"""Where an instance keeps its servers' files: reachable by the servers' user, private, and short enough for sockets."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from deploy.local.account import Account
from deploy.local.problems import Problem

CLONE = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 107
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"
SYSTEM_BASE = Path("/var/lib/beffroi")


@dataclass(frozen=True)
class Place:
    """The folders of one instance (`demo` or `test`)."""

    base: Path
    home: Path
    sockets: Path

    @property
    def gate(self) -> Path:
        return self.base / f"{self.home.name}.gate"

    @property
    def users(self) -> Path:
        return self.base / f"{self.home.name}.users"

    def prepare(self, account: Account) -> None:
        private_folder(self.home, account)
        if self.sockets.parent != self.home:
            private_folder(self.sockets.parent, account)
        private_folder(self.sockets, account)


def local_folder(clone: Path = CLONE) -> Path:
    """Give the clone's own ignored folder, made when missing."""
    folder = clone / ".local"
    folder.mkdir(exist_ok=True)
    return folder


def place_for(instance: str, account: Account, clone: Path = CLONE, system_base: Path = SYSTEM_BASE) -> Place:
    """Choose the folders of an instance.

    Root's servers run as somebody who may not enter the clone (it can be below /root): their files stand in a folder
    of the system. Everybody else's stand in the clone, but the sockets go to a private folder of /tmp when the
    clone's path is too long for them.
    """
    digest = hashlib.sha256(os.fsencode(clone)).hexdigest()[:12]
    if account.dropped:
        base = _system_folder(system_base, digest)
        return Place(base, base / instance, base / instance / "sockets")
    base = local_folder(clone) / "servers"
    base.mkdir(mode=0o700, exist_ok=True)
    home = base / instance
    sockets = home / "sockets"
    if not fits(sockets):
        sockets = Path("/tmp") / f"beffroi-{account.uid}-{digest}" / instance  # noqa: S108
    return Place(base, home, sockets)


def fits(sockets: Path) -> bool:
    return len(os.fsencode(sockets / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_LIMIT


def private_folder(path: Path, account: Account) -> None:
    """Make a folder that only its owner enters, or accept it as we left it. What another user prepared is refused."""
    try:
        path.mkdir(mode=0o700)
        account.own(path)
    except FileExistsError:
        found = path.lstat()
        half_made = account.dropped and found.st_uid == 0 and not any(path.iterdir())
        if half_made and stat.S_ISDIR(found.st_mode):
            account.own(path)
        elif not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
            raise Problem(f"{path} was made by another user: remove it, then run the same command again.") from None
    path.chmod(0o700)


def _system_folder(system_base: Path, digest: str) -> Path:
    """Make root's folder that everybody may cross and only root may change."""
    if not os.access(system_base.parent, os.W_OK):
        system_base = Path("/var/tmp/beffroi-0")  # noqa: S108
    for folder in (system_base, system_base / digest):
        folder.mkdir(mode=0o755, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
            raise Problem(f"{folder} can be changed by another user: remove it, then run the same command again.")
        folder.chmod(0o755)
    return system_base / digest
