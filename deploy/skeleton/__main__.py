"""Lay down the folder of a new module."""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template

from deploy.local.problems import Problem, told

ROOT = Path(__file__).resolve().parents[2]
SHAPE = Path(__file__).parent / "module"
NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")
SEGMENT = re.compile(r"[a-z][a-z0-9-]{1,40}")


def words(environment: Mapping[str, str]) -> dict[str, str]:
    """The words that fill the files, from the command line's variables."""
    name = environment.get("name", "")
    if not NAME.fullmatch(name):
        raise Problem("Say the module's folder, in English: make module name=reports label=Signalements.")
    label = environment.get("label") or name.replace("_", " ").capitalize()
    if '"' in label or "\\" in label:
        raise Problem("A label has neither quotation marks nor backslashes.")
    segment = environment.get("segment") or name.replace("_", "-")
    if not SEGMENT.fullmatch(segment):
        raise Problem("A URL segment has lowercase letters, digits and hyphens: segment=signalements.")
    singular = name.removesuffix("s")
    return {
        "name": name,
        "label": label,
        "segment": segment,
        "Class": "".join(part.capitalize() for part in singular.split("_")),
    }


def lay(target: Path, filled: Mapping[str, str]) -> list[Path]:
    """Write the folder; it must not exist."""
    if target.exists():
        raise Problem(f"modules/{filled['name']} exists already: nothing was written.")
    written = []
    for source in sorted(SHAPE.rglob("*.txt")):
        inside = source.relative_to(SHAPE).with_suffix("")
        renamed = {"pages": "templates", "name": filled["name"]}
        path = target.joinpath(*(renamed.get(part, part) for part in inside.parts))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(source.read_text()).substitute(filled))
        written.append(path)
    return written


def following() -> str:
    """The file of the next price book: those that exist are sold, and never change."""
    numbers = [int(path.stem) for path in (ROOT / "billing/books").glob("*.json")]
    return f"{max(numbers)}.json copied to {max(numbers) + 1}.json, with its number and its day"


def main() -> int:
    filled = words(os.environ)
    for path in lay(ROOT / "modules" / filled["name"], filled):
        print(path.relative_to(ROOT))
    print(f'\nNow add "modules.{filled["name"]}" to MODULES in platform/config/settings/production.py,')
    print(f'give "{filled["name"]}" a price: a line in each rhythm, in a new file of billing/books/ ({following()}),')
    print("then run make migrations, and make check.")
    return 0


if __name__ == "__main__":
    sys.exit(told(main))
