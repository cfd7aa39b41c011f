"""Make `.venv` from the hashed requirements. It runs before anything is installed: standard library only.

The stamp is written last: without it an environment is half-made, and made again. A lock keeps two of these apart, and
the kernel gives it back when its holder is killed.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / ".beffroi-ready"
REQUIREMENTS = ROOT / "requirements/dev.txt"
LOG = ROOT / ".local/setup.log"
ROOM = 1500 * 1024 * 1024
STARTED = time.monotonic()

Command = list[str | Path]


class Problem(Exception):
    """One sentence for the person who typed the command."""


def main() -> None:
    wanted = fingerprint()
    if stamp() == wanted:
        return
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "setup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is running in this folder: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp() != wanted:
            make(wanted, lock.fileno())


def fingerprint() -> str:
    """Name the state that the environment must be in: interpreter, folder, locked packages, own package's set-up."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    own = {name: project.get(name) for name in ("build-system", "project")} | {"hatch": project["tool"].get("hatch")}
    parts = [sys.version, sysconfig.get_platform(), str(ROOT), json.dumps(own, sort_keys=True)]
    digest = hashlib.sha256("\0".join(parts).encode(errors="surrogateescape"))
    digest.update(REQUIREMENTS.read_bytes())
    return f"{sys.version_info.major}.{sys.version_info.minor} {digest.hexdigest()}"


def stamp() -> str:
    try:
        return STAMP.read_text() if (VENV / "bin/python").exists() else ""
    except FileNotFoundError:
        return ""


def make(wanted: str, lock: int) -> None:
    require_room()
    LOG.write_text("")
    uv = usable_uv()
    if stamp().split(" ")[0] == wanted.split(" ")[0]:
        say("The requirements changed: bringing .venv up to date")
        STAMP.unlink()
    else:
        say("Making .venv" + (" again: the last set-up was cut short" if VENV.exists() and not STAMP.exists() else ""))
        if VENV.exists():
            shutil.rmtree(VENV)
        create(uv, lock)
    install(uv, lock)
    STAMP.write_text(wanted)
    say("Ready")


def create(uv: str | None, lock: int) -> None:
    if uv:
        run([uv, "venv", "--quiet", "--python", sys.executable, VENV], "uv could not make .venv", lock)
        return
    require_venv_module()
    run([sys.executable, "-m", "venv", VENV], "Python could not make .venv", lock)


def install(uv: str | None, lock: int) -> None:
    count = len(re.findall(r"^\S+==", REQUIREMENTS.read_text(), flags=re.MULTILINE))
    say(f"Installing {count} locked packages" + (" with uv" if uv else " with pip (about a minute)"))
    pip: Command
    if uv:
        pip = [uv, "pip", "install", "--python", VENV / "bin/python"]
        wheels_only: Command = ["--no-build"]
    else:
        pip = [VENV / "bin/python", "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar=off"]
        wheels_only = ["--only-binary=:all:"]
    run(
        [*pip, "--require-hashes", *wheels_only, "-r", REQUIREMENTS], "The packages could not be installed", lock, count
    )
    run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], "The project itself could not be installed", lock)


def run(command: Command, failure: str, lock: int, count: int = 0) -> None:
    """Run a command into the log, with a sign of life each time it has fetched a tenth of what it must.

    It holds the lock too: when we are killed, the next set-up waits for its end before it starts over.
    """
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "PIP_NO_INPUT": "1", "PYTHONUNBUFFERED": "1"}
    environment.pop("VIRTUAL_ENV", None)
    seen = 0
    with LOG.open("a") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            pass_fds=[lock],
        )  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            log.write(line)
            if count and line.startswith("Collecting "):
                seen += 1
                if seen % max(1, count // 10) == 0:
                    say(f"  {seen} of {count} packages")
    if process.wait():
        raise Problem(f"{failure}: {reason(LOG.read_text(errors='replace'))}")


UNREACHABLE = "they could not be downloaded; check the network, then run the same command again."
REASONS = [
    (r"No space left on device", "the disk is full; free 1.5 GB, then run the same command again."),
    (r"Permission denied", "some files of .venv belong to another user; remove .venv as that user, then start again."),
    (
        r"DO NOT MATCH THE HASHES|[Hh]ash mismatch",
        "a downloaded file is not the one that was locked; see .local/setup.log.",
    ),
    (r"NewConnectionError|ConnectTimeout|ConnectionResetError|name resolution|timed out", UNREACHABLE),
    (r"Connection (?:refused|reset)|from versions: none", UNREACHABLE),
    (r"dns error|Failed to fetch|error sending request|network was disabled|Network connectivity", UNREACHABLE),
    (
        r"No matching distribution found for (\S+)",
        "no wheel of {0} for this Python and this machine was found; see .local/setup.log.",
    ),
    (
        r"there is no version of (\S+)|([\w.-]+)(?:==\S+)? has no (?:usable )?wheels?",
        "no wheel of {0} for this Python and this machine was found; see .local/setup.log.",
    ),
]


def reason(output: str) -> str:
    for pattern, sentence in REASONS:
        if found := re.search(pattern, output):
            return sentence.format(*[group for group in found.groups() if group])
    return "see .local/setup.log."


def require_room() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < ROOM:
        raise Problem(
            f"The disk of {ROOT} has {free // 2**20} MB left and the set-up needs {ROOM // 2**20}: "
            "free some space, then run the same command again."
        )


def usable_uv() -> str | None:
    """Give uv's path when it runs: a version manager may leave a name that does not."""
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], check=False, capture_output=True).returncode == 0:
        return uv
    return None


def require_venv_module() -> None:
    """Debian ships Python without ensurepip: root installs it, anybody else learns the command."""
    if has_venv_module():
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {package}")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "-qq", *arguments], check=False, env=environment, stdout=subprocess.DEVNULL)
        if has_venv_module():
            return
    raise Problem(
        f"This Python cannot make virtual environments: run « sudo apt-get install {package} », "
        "then the same command again."
    )


def has_venv_module() -> bool:
    return (
        subprocess.run(
            [sys.executable, "-c", "import ensurepip, venv"], check=False, stderr=subprocess.DEVNULL
        ).returncode
        == 0
    )


def say(text: str) -> None:
    print(f"{time.monotonic() - STARTED:6.1f} s  {text}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except Problem as problem:
        sys.exit(f"\n{problem}")
    except PermissionError as error:
        sys.exit(f"\n{error.filename} belongs to another user: run as that user, or remove it.")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        full = "The disk is full: free 1.5 GB, then run the same command again."
        sys.exit(f"\n{full if error.errno == 28 else f'The machine refused an operation: {error}.'}")
