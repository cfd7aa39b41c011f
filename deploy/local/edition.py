"""Whether the demo's kept data is this code's: made by the migrations that it has, unchanged, or by fewer of them.

The servers' folder may stand outside the clone and outlive it, so data that nothing here vouches for is another's.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from deploy.local.places import CLONE

PARTS = ("platform", "tenants", "modules", "billing")


def edition(clone: Path = CLONE) -> dict[str, str]:
    """Each migration of the clone, with its SHA-256."""
    found = (path for part in PARTS for path in (clone / part).rglob("migrations/[0-9]*.py"))
    return {str(path.relative_to(clone)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(found)}


def is_kept(folder: Path, now: Mapping[str, str]) -> bool:
    """Whether the data that this folder vouches for can be brought up to date by the migrations of now."""
    try:
        kept = json.loads(_note(folder).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    return all(now.get(name) == digest for name, digest in kept.items())


def vouch(folder: Path, now: Mapping[str, str]) -> None:
    """Say, before it is made, that the data is of this edition: a set-up that is killed goes on where it stopped."""
    _note(folder).write_text(json.dumps(now, indent=1), encoding="utf-8")


def _note(folder: Path) -> Path:
    return folder / "edition.json"
