"""Every act that the console's journal may hold has words."""

import ast
from pathlib import Path

from console.journal import ACTS

ROOT = Path(__file__).resolve().parents[3]
WRITERS = ("platform/console", "platform/portal", "tenants")


def test_every_act_written_in_the_operators_journal_has_words() -> None:
    verbs = {
        node.args[0].value
        for folder in WRITERS
        for path in (ROOT / folder).rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "record"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert verbs
    assert verbs <= set(ACTS)
