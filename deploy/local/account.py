"""Who runs the servers: PostgreSQL refuses root, so root lends them to an unprivileged user."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from deploy.local.problems import Problem


class Launch(TypedDict, total=False):
    user: int
    group: int
    extra_groups: Sequence[int]


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def dropped(self) -> bool:
        return self.uid != os.geteuid()

    def launch(self) -> Launch:
        """Give the arguments of subprocess that start a program as this user, with no other group."""
        return Launch(user=self.uid, group=self.gid, extra_groups=[]) if self.dropped else Launch()

    def own(self, path: str | os.PathLike[str]) -> None:
        if self.dropped:
            os.chown(path, self.uid, self.gid)


def servers_account() -> Account:
    """Give the caller's own account, or `nobody` when the caller is root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        nobody = pwd.getpwnam("nobody")
        account = Account(nobody.pw_uid, nobody.pw_gid)
        subprocess.run(["true"], check=True, cwd="/", **account.launch())
    except (KeyError, OSError, subprocess.SubprocessError) as error:
        raise Problem(
            "PostgreSQL does not run as root and this machine has no usable account « nobody »: "
            "run the command as an ordinary user, or name servers in DATABASE_URL and BROKER_URL."
        ) from error
    return account
