"""File locks. The kernel gives them back when their holder dies, so that none is ever stale."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[TextIOWrapper]:
    """Hold a lock alone, waiting for it."""
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


class Shared:
    """A lock that many hold at once; the last one who leaves can know it."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a+", encoding="utf-8")
        fcntl.flock(self.file, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Let go; true when nobody else holds it."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            self.file.close()
        return True


def taken(path: Path) -> TextIOWrapper | None:
    """Take a lock alone without waiting, until the file is closed; None when somebody holds it."""
    file = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
