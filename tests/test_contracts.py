"""The import contracts see: each kind of forbidden import, planted in a copy of the tree, is refused."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLANTED = {
    "platform/core/web/french.py": "import tenants.hosts",
    "modules/news/queries.py": "import modules.presentation.models",
    "modules/presentation/manifest.py": "import django.conf",
    "modules/presentation/models/pages.py": "import modules.presentation.actions",
    "modules/news/utils.py": "",
    "platform/portal/views.py": "import space.forms",
}
BROKEN = {
    "Dependencies point down",
    "A module knows another only by its api",
    "Inside a module, dependencies point down and every file has a known name",
    "A manifest is plain data",
}


def contracts(root: Path) -> tuple[int, str]:
    path = f"{root / 'platform'}:{root}"
    done = subprocess.run(
        [sys.executable, "-c", "import importlinter.cli as c; c.lint_imports_command()", "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": path, "PATH": "", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_an_import_that_a_contract_forbids_is_refused(tmp_path: Path) -> None:
    for folder in ("platform", "tenants", "modules", "billing"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.gz", "static", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line in PLANTED.items():
        path = tmp_path / name
        path.write_text(f"{path.read_text() if path.exists() else ''}\n{line}\n")
    status, said = contracts(tmp_path)
    assert status == 1, said
    assert {line.removesuffix(" BROKEN") for line in said.splitlines() if line.endswith(" BROKEN")} >= BROKEN
    assert "utils" in said
