"""One small vocabulary of classes: whatever a page says has a rule, and whatever has a rule is said."""

import ast
import re
from pathlib import Path

import pytest

from core.web.drawings.sky import LIGHTS
from core.web.landscape import KINDS, landscape_svg

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("platform", "modules", "billing")
SHEETS = sorted((ROOT / "platform/core/web/static/web/css").glob("*.css"))
TAGS = re.compile(r"\{%.*?%\}", re.DOTALL)
ATTRIBUTE = re.compile(r"\bclass=\"([^\"]*)\"")
BODY = re.compile(r"\{% block body_class %\}([^{]*)")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]*)*")
VALUE = re.compile(r"\{\{.*?\}\}")
# Written by Django (levels of messages) and by hooks (the tone of a task).
GIVEN = {"success", "error", "warning", "info", "danger", "warn", "ok"}
SMALLEST = 0.875


def said() -> dict[str, str]:
    """Every class of every page, with a file that says it; one that ends in a hyphen begins many."""
    found: dict[str, str] = {}
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*.html"):
            if "templates" in path.parts and "emails" not in path.parts:
                text = TAGS.sub(lambda tag: re.sub(r"[^ ]*\"[^ ]*", "", tag[0]), path.read_text())
                for value in ATTRIBUTE.findall(text):
                    for name in TAGS.sub(" ", VALUE.sub("", value)).split():
                        found.setdefault(name, str(path.relative_to(ROOT)))
    for path in (each for folder in SOURCES for each in (ROOT / folder).rglob("*.py")):
        if "tests" not in path.parts:
            for text in strings(path):
                for value in ATTRIBUTE.findall(text):
                    for name in value.split():
                        if NAME.fullmatch(name):
                            found.setdefault(name, str(path.relative_to(ROOT)))
    return found


def strings(path: Path) -> list[str]:
    """The strings of a module; what is computed inside one reads as nothing."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values))
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            found += [
                f'class="{value.value}"'
                for key, value in pairs
                if isinstance(key, ast.Constant) and key.value == "class" and isinstance(value, ast.Constant)
            ]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def paints() -> set[str]:
    """What the landscapes say, each drawn often enough to show all it may hold."""
    drawn = "".join(landscape_svg(kind, str(seed)) for kind in KINDS for seed in range(6))
    return {name for value in ATTRIBUTE.findall(drawn) for name in value.split()} | set(" ".join(LIGHTS).split())


def bodies() -> set[str]:
    """The shells' names: a style may be told by them, and need not."""
    texts = [path.read_text() for folder in SOURCES for path in (ROOT / folder).rglob("templates/**/*.html")]
    return {name for text in texts for names in BODY.findall(text) for name in names.split()}


def ruled() -> set[str]:
    found: set[str] = set()
    for sheet in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        for selector in re.findall(r"([^{}]+)\{", text):
            if not selector.strip().startswith("@"):
                found |= set(re.findall(r"\.([a-zA-Z][\w-]*)", selector))
    return found


def begun(name: str, beginnings: set[str]) -> bool:
    return any(name.startswith(each) for each in beginnings)


def test_every_class_of_a_page_has_a_rule() -> None:
    rules = ruled()
    classes = {**said(), **dict.fromkeys(paints(), "a drawing")}
    print(f"{len(classes)} classes, {len(rules)} of them ruled")  # noqa: T201
    assert len(classes) > 60
    without = {
        name: where
        for name, where in classes.items()
        if not (name in rules or (name.endswith("-") and any(rule.startswith(name) for rule in rules)))
    }
    assert not without


def test_every_rule_is_used_by_a_page() -> None:
    classes = set(said()) | paints() | bodies() | GIVEN
    beginnings = {name for name in classes if name.endswith("-")}
    assert not {rule for rule in ruled() if rule not in classes and not begun(rule, beginnings)}


def test_every_token_is_set_in_both_themes() -> None:
    text = (ROOT / "platform/core/web/static/web/css/base.css").read_text()
    blocks = [set(re.findall(r"(--[\w-]+):", block)) for block in re.findall(r"color-scheme: \w+;([^}]+)\}", text)]
    assert len(blocks) == 3
    assert blocks[0] == blocks[1] == blocks[2]
    used = {token for sheet in SHEETS for token in re.findall(r"var\((--[\w-]+)", sheet.read_text())}
    known = {token for sheet in SHEETS for token in re.findall(r"(--[\w-]+):", sheet.read_text())}
    assert used <= known


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_text_is_smaller_than_fourteen_pixels(sheet: Path) -> None:
    text = sheet.read_text()
    sizes = re.findall(r"font(?:-size)?:[^;}]*?(\d*\.?\d+)rem", text) + re.findall(
        r"--(?:small|body): (\.\d+|\d\.\d+)rem", text
    )
    assert [size for size in sizes if float(size) < SMALLEST] == []
