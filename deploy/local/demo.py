"""`make demo` and `make demo-reset`: one demo per clone, its lock, and the caller's choices.

The environment chooses: PORT (8000), DEMO_DOMAIN (beffroi.localhost), DEMO=once (walk the main job and stop).
"""

import os
import re
import shutil
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path

from deploy.local.edition import edition, is_kept, vouch
from deploy.local.locks import taken
from deploy.local.places import local_folder
from deploy.local.problems import Problem, told
from deploy.local.servers import forget
from deploy.local.signals import Interrupted, Signals
from deploy.local.supervisor import Demo

DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*")


def chosen(environment: Mapping[str, str]) -> tuple[str, int, bool]:
    """Read domain, port and `once` from the environment."""
    domain = environment.get("DEMO_DOMAIN") or "beffroi.localhost"
    if not DOMAIN.fullmatch(domain):
        raise Problem(f"DEMO_DOMAIN must be a domain name in lower case, such as beffroi.localhost, not « {domain} ».")
    port = environment.get("PORT") or "8000"
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise Problem(f"PORT must be a number between 1 and 65535, not « {port} ».")
    when = environment.get("DEMO", "")
    if when not in ("", "once"):
        raise Problem(f"DEMO can only be « once », not « {when} ».")
    return domain, int(port), when == "once"


def demo_folder() -> Path:
    folder = local_folder() / "demo"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def lock(folder: Path) -> TextIOWrapper:
    """Take the demo of this clone; the kernel lets it go when we die, however we die."""
    path = folder.parent / "demo.lock"
    file = taken(path)
    if file is None:
        raise Problem(f"The demo is already running here ({path.read_text().strip()}): stop it first, with Ctrl-C.")
    return file


def serve() -> int:
    domain, port, once = chosen(os.environ)
    folder = demo_folder()
    with lock(folder) as file:
        file.seek(0)
        recovering = bool(file.read())
        if recovering:
            print("The last demo was killed: its data is recovered.", flush=True)
        write(file, f"process {os.getpid()}, port {port}")
        try:
            renew(folder)
            return Demo(folder, domain, port, once, recovering).run(Signals())
        except Interrupted as asked:
            print(f"Asked to stop ({asked}).")
            return 130 if once else 0
        finally:
            write(file, "")


def renew(folder: Path) -> None:
    """Start over when the kept data is of another edition: no migration leads from it to this code."""
    now = edition()
    if not is_kept(folder, now):
        if any(folder.iterdir()):
            if os.environ.get("DATABASE_URL"):
                raise Problem(
                    "The kept data was made by another edition: empty the database that DATABASE_URL names, then run "
                    "« make demo-reset » and the same command again."
                )
            print("The kept data was made by another edition: the demo starts over.", flush=True)
        wipe(folder)
    vouch(folder, now)
    (folder / "logs").mkdir(exist_ok=True)


def wipe(folder: Path) -> None:
    """Delete the demo's data and nothing else: not the tests', not the installed packages."""
    forget("demo")
    shutil.rmtree(folder)
    folder.mkdir(mode=0o700)


def write(file: TextIOWrapper, text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()


def reset() -> int:
    folder = demo_folder()
    with lock(folder) as file:
        wipe(folder)
        write(file, "")
    print("The demo's data is deleted.")
    if os.environ.get("DATABASE_URL"):
        print("The database that DATABASE_URL names was not touched.")
    return 0


def main(arguments: list[str]) -> int:
    match arguments:
        case []:
            return serve()
        case ["reset"]:
            return reset()
    raise Problem("Usage: python -m deploy.local.demo [reset].")


if __name__ == "__main__":
    sys.exit(told(lambda: main(sys.argv[1:])))
