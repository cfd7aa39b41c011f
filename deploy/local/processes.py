"""The demo's own programs: started, watched, stopped in order."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.logs import tail
from deploy.local.places import CLONE
from deploy.local.problems import FULL_DISK, Problem

PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A program that must live as long as the demo. Its own session keeps the terminal's Ctrl-C from it."""

    name: str
    command: Sequence[str | Path]
    log: Path
    patience: float = 10
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, environment: Mapping[str, str]) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=CLONE,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    @property
    def dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self, *, hurry: bool = False) -> None:
        """Ask it to end, and insist after its patience. In a hurry, kill it at once with its own children."""
        if self.process is None or self.dead:
            return
        if not hurry:
            self.process.terminate()
            try:
                self.process.wait(timeout=self.patience)
                return
            except subprocess.TimeoutExpired:
                pass
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def obituary(self) -> str:
        assert self.process is not None
        return (
            f"{self.name} stopped by itself (status {self.process.returncode}); its log {self.log} ends so:\n"
            + tail(self.log)
        )


def end_with_parent() -> None:
    """Where the system can (Linux), make the new program end when the supervisor is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def run_to_end(command: Sequence[str | Path], environment: Mapping[str, str], log: Path, failure: str) -> None:
    """Run a command of the set-up. What it writes on its standard output is shown as it comes, and goes to its log
    with the rest. Raises Problem."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=CLONE,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=file,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        assert process.stdout is not None
        try:
            while part := os.read(process.stdout.fileno(), 4096):
                os.write(file.fileno(), part)
                print(part.decode(errors="replace"), end="", flush=True)
            status = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            process.stdout.close()
    if status:
        raise Problem(FULL_DISK if "No space left on device" in tail(log, 200) else failure)
