"""A bad machine gets one sentence that says what to do, and no trace."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import bootstrap
from deploy.local.network import web_binds
from deploy.local.places import CLONE
from deploy.local.problems import Problem

BARE = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
NOBODY_LISTENS = "postgresql://beffroi@127.0.0.1:1/beffroi"


def _told(command: list[str | Path], **environment: str) -> str:
    done = subprocess.run(
        command, env=BARE | environment, cwd=CLONE, check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def test_a_machine_without_a_python_that_serves_is_told_which_it_needs(tmp_path: Path) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    told = _told([CLONE / "deploy/local/bootstrap.sh"], PATH=f"{tmp_path}:/usr/bin:/bin")
    assert "Python 3.11 or newer" in told


def test_a_full_disk_is_told_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOM", 1 << 60)
    with pytest.raises(bootstrap.Problem, match="free some space"):
        bootstrap.require_room()


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "belong to another user"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
        ("urllib3: Temporary failure in name resolution", "check the network"),
        ("something never seen", "setup.log"),
    ],
)
def test_what_an_installer_complains_of_is_said_in_one_sentence(output: str, told: str) -> None:
    assert told in bootstrap.reason(output)
    assert "\n" not in bootstrap.reason(output)


def test_a_python_without_venv_names_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "has_venv_module", lambda: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.Problem, match="apt-get install python3"):
        bootstrap.require_venv_module()


def test_a_port_that_is_taken_is_told_with_another_to_choose() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(Problem, match="make demo PORT="):
        web_binds(other.getsockname()[1])


def test_manage_names_the_variable_that_the_environment_lacks() -> None:
    assert re.search(r'"[A-Z_]+" not set', _told([sys.executable, "manage.py", "check"]))


def test_manage_says_that_no_database_answers() -> None:
    told = _told(
        [sys.executable, "manage.py", "migrate_schemas"],
        DJANGO_SETTINGS_MODULE="config.settings.tests",
        DATABASE_URL=NOBODY_LISTENS,
    )
    assert "does not answer" in told


def test_manage_says_what_a_python_without_the_packages_lacks() -> None:
    assert "make setup" in _told([sys.executable, "-S", "manage.py", "check"])


def test_a_command_ends_with_the_runner_that_was_killed() -> None:
    """It would otherwise go on without anybody to stop its servers."""
    talks = "import os, time; print(os.getpid(), flush=True); time.sleep(8); print('still here')"
    runner = subprocess.Popen(
        [sys.executable, "-m", "deploy.local.servers", "run", "test", "--", sys.executable, "-c", talks],
        cwd=CLONE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert runner.stdout is not None
    child = int(runner.stdout.readline())
    runner.send_signal(signal.SIGKILL)
    runner.wait(timeout=10)
    assert runner.stdout.read() == "", f"process {child} goes on"  # the pipe closes when the command is gone too
    runner.stdout.close()
