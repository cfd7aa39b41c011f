"""What the tree and the database must look like, whatever is added to them."""

import ast
import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.template.loader import get_template

from core.tenancy.context import enter
from core.tenancy.models import CommuneModel
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[1]
CODE = ("platform", "tenants", "modules", "billing", "deploy", "tests")
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 300, 40, 120
RELATIONS_PER_TABLE = 4.8
DRAWERS = {"utils.py", "helpers.py", "common.py", "misc.py"}


def sources() -> list[Path]:
    found = [path for folder in CODE for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    assert len(found) > 50
    return found


def test_platform_is_not_a_package_that_would_hide_the_standard_librarys() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    import platform

    assert platform.system()


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {str(p.relative_to(ROOT)): n for p in sources() if (n := len(p.read_text().splitlines())) > FILE_LINES}
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION_LINES:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({length})")
    assert not long


def test_no_template_is_longer_than_a_reader_can_hold() -> None:
    templates = [path for folder in CODE for path in (ROOT / folder).rglob("templates/**/*.html")]
    assert templates
    assert not [str(path) for path in templates if len(path.read_text().splitlines()) > TEMPLATE_LINES]


def test_no_file_is_a_drawer() -> None:
    assert not [str(path) for path in sources() if path.name in DRAWERS]


def test_only_the_tenancy_moves_the_connection() -> None:
    banned = re.compile(r"\.(set_tenant|set_schema|set_schema_to_public)\(")
    outside = [
        str(path.relative_to(ROOT))
        for path in sources()
        if "tests" not in path.parts and "tenancy" not in path.parts and banned.search(path.read_text())
    ]
    assert not outside


def test_no_page_has_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", re.IGNORECASE)
    templates = [path for folder in CODE for path in (ROOT / folder).rglob("templates/**/*.html")]
    faulty = [str(p.relative_to(ROOT)) for p in templates if "emails" not in p.parts and inline.search(p.read_text())]
    assert not faulty


def test_every_model_of_a_commune_stays_in_its_commune() -> None:
    ours = [model for app in settings.TENANT_APPS if app.startswith(("core.", "modules."))
            for model in apps.get_app_config(app.rpartition(".")[2]).get_models()]  # fmt: skip
    assert ours
    assert not [model for model in ours if not issubclass(model, CommuneModel)]


def test_every_template_compiles() -> None:
    names = [
        path.relative_to(folder).as_posix()
        for place in CODE
        for folder in (ROOT / place).rglob("templates")
        for path in folder.rglob("*")
        if path.is_file() and "tests" not in path.parts
    ]
    assert len(names) > 50
    for name in names:
        get_template(name)


def test_every_job_that_code_asks_for_is_registered() -> None:
    """Jobs are asked for by name, so that actions import none."""
    asked, unknown = 0, []
    for path in sources():
        if "tests" in path.parts or path.parts[-2] == "tenancy":
            continue
        tree = ast.parse(path.read_text())
        usual = _defaults(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"due", "enqueue"}:
                asked += 1
                name = _value(path, usual.get(ast.unparse(node.args[0]), node.args[0]))
                if name not in current_app.tasks:
                    unknown.append(f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.args[0])}")
    print(f"probes: jobs asked for: {asked} calls")  # noqa: T201
    assert asked
    assert not unknown


def _defaults(tree: ast.Module) -> dict[str, ast.expr]:
    """Of the parameters that are given by name only: the job that goes on is one."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            found |= {argument.arg: default for argument, default in pairs if default}
    return found


def _value(path: Path, argument: ast.expr) -> object:
    """A literal, or the constant of that name in the module."""
    if isinstance(argument, ast.Constant):
        return argument.value
    root = ROOT / "platform" if path.is_relative_to(ROOT / "platform") else ROOT
    module = import_module(".".join(path.relative_to(root).with_suffix("").parts))
    first, *rest = ast.unparse(argument).split(".")
    return reduce(lambda found, name: getattr(found, name, None), rest, getattr(module, first, None))


@pytest.mark.django_db
def test_the_public_schema_holds_no_people() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = {row[0] for row in cursor.fetchall()}
    assert not {name for name in tables if re.search(r"user|session|token|account_|admin_log", name)}
    assert all(
        name.startswith(("django_content_type", "django_migrations", "tenants_", "tenancy_", "billing_"))
        for name in tables
    )


def test_no_foreign_key_leaves_a_communes_schema(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid "
            "join pg_class t on t.oid = k.confrelid where k.contype = 'f' and c.relnamespace <> t.relnamespace"
        )
        assert cursor.fetchall() == []


def test_a_schema_keeps_its_relations_within_the_budget(cast: Cast, record_property: object) -> None:
    with enter(cast.aubin.schema_name), connection.cursor() as cursor:
        cursor.execute(
            "with own as (select oid, relkind, reltoastrelid from pg_class where relnamespace = to_regnamespace(%s)) "
            "select count(*) filter (where relkind = 'r'), count(*) + count(*) filter (where reltoastrelid <> 0) "
            "from own where relkind in ('r', 'i', 'S')",
            [cast.aubin.schema_name],
        )
        tables, relations = cursor.fetchone()
    print(f"probes: budget: {relations} relations for {tables} tables: {relations / tables:.2f} per table")  # noqa: T201
    assert relations / tables <= RELATIONS_PER_TABLE


def test_every_variable_that_production_reads_is_in_the_table_and_no_other() -> None:
    """With its own default: a variable without which nothing starts says so."""
    rows = re.findall(r"^\| (`[A-Z].*?) \| (.*?) \|", (ROOT / "docs/architecture.md").read_text(), flags=re.MULTILINE)
    told = {name: without for names, without in rows for name in re.findall(r"`([A-Z0-9_]+)`", names)}
    read: dict[str, bool] = {}
    for name in ("production", "environment", "sms", "jobs", "mail", "billing", "stripe"):
        for call in ast.walk(ast.parse((ROOT / f"platform/config/settings/{name}.py").read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith(("env.", "os.environ", "os.getenv")):
                variable = ast.literal_eval(call.args[0])
                read[variable] = read.get(variable, False) or len(call.args) > 1 or bool(call.keywords)
    assert set(told) == set(read)
    assert {name for name, has_default in read.items() if not has_default} == {
        name for name, without in told.items() if without.startswith("does not start")
    }
