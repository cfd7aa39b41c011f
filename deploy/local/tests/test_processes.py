"""Programs that live as long as the demo, and commands that are shown and logged."""

import os
import sys
from pathlib import Path

import pytest

from deploy.local.problems import FULL_DISK, Problem
from deploy.local.processes import Child, run_to_end

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def _child(tmp_path: Path, code: str, patience: float = 10) -> Child:
    child = Child("The program", [sys.executable, "-c", code], tmp_path / "log", patience)
    child.start(dict(os.environ))
    return child


def _wait_for(path: Path, text: str) -> None:
    while text not in path.read_text():
        os.sched_yield()


def test_a_program_that_ends_by_itself_is_mourned_with_the_end_of_its_log(tmp_path: Path) -> None:
    child = _child(tmp_path, "raise SystemExit('no room')")
    assert child.process is not None
    child.process.wait()
    assert child.dead
    assert "The program stopped by itself (status 1)" in child.obituary()
    assert "no room" in child.obituary()
    child.stop()


@pytest.mark.parametrize("hurry", [False, True])
def test_a_program_that_does_not_listen_is_killed(tmp_path: Path, hurry: bool) -> None:
    child = _child(tmp_path, DEAF, patience=0.1)
    _wait_for(child.log, "up")
    child.stop(hurry=hurry)
    assert child.dead


def test_a_command_shows_its_output_and_keeps_its_complaints_for_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "import sys; print('step … 0.1 s'); print('detail', file=sys.stderr)"
    run_to_end([sys.executable, "-c", code], dict(os.environ), tmp_path / "log", "failed")
    assert capsys.readouterr().out == "step … 0.1 s\n"
    assert "detail" in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    ("complaint", "told"), [("ValueError: 3", "It failed."), ("OSError: No space left on device", FULL_DISK)]
)
def test_a_command_that_fails_is_one_sentence(tmp_path: Path, complaint: str, told: str) -> None:
    command = [sys.executable, "-c", f"raise SystemExit({complaint!r})"]
    with pytest.raises(Problem) as raised:
        run_to_end(command, dict(os.environ), tmp_path / "log", "It failed.")
    assert str(raised.value) == told
