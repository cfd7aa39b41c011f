"""What the caller reads while it waits."""

import io
import re
import socket
from pathlib import Path

import pytest

from deploy.local.logs import tail
from deploy.local.network import free_port, web_binds
from deploy.local.problems import Problem
from deploy.local.progress import Progress


def test_a_step_is_one_line_with_its_time() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    with progress.step("Starting"):
        pass
    assert re.fullmatch(r" +\d+\.\d s  Starting … \d+\.\d s\n", stream.getvalue())


def test_a_step_that_fails_says_so() -> None:
    stream = io.StringIO()
    with pytest.raises(ValueError, match="no"), Progress(stream).step("Starting"):
        raise ValueError("no")
    assert "Starting … failed after" in stream.getvalue()


def test_a_note_inside_a_step_leaves_the_lines_whole() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    with progress.step("Starting"):
        progress.note("halfway")
    lines = stream.getvalue().splitlines()
    assert [line.split("  ")[-1].strip()[:7] for line in lines] == ["Startin", "halfway", "… 0.0 s"]


def test_a_busy_port_is_one_sentence_and_the_next_one_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is used"):
            web_binds(port)
        assert free_port(port) != port


def test_a_missing_log_has_no_end(tmp_path: Path) -> None:
    path = tmp_path / "log"
    assert tail(path) == ""
    path.write_text("".join(f"{number}\n" for number in range(40)))
    assert tail(path, 2) == "    38\n    39"
