"""The schema template: the statements that make a commune's schema equal to a migrated one, without its migrations."""

from functools import cache

from django.db import connection

from core.tenancy.context import entered
from core.tenancy.here import OPERATOR, Here
from tenants.schema_catalog import Column, SchemaCatalog, read_catalog

MODEL = OPERATOR


class TemplateError(Exception):
    """The model schema holds something that a template cannot carry."""


@cache
def template() -> tuple[str, ...]:
    """The statements, rendered once a process from the operator's schema: the one that migrations keep up to date."""
    return render(MODEL)


def render(model: Here) -> tuple[str, ...]:
    """Render the statements from a migrated schema, on the server that will run them."""
    with entered(model):
        catalog = read_catalog(model.schema_name)
        if catalog.others:
            raise TemplateError(f"a template cannot carry {catalog.others}")
        if not catalog.columns:
            raise TemplateError(f"schema {model.schema_name!r} is empty: run the command `prepare`")
        rows = _migrations_rows()
    return (*_tables(catalog), *_indexes(catalog), *_late_keys(catalog), *_comments(catalog), *rows)


def _tables(catalog: SchemaCatalog) -> list[str]:
    statements = []
    for table in _ordered(catalog)[0]:
        parts = [_column(column) for column in catalog.columns if column.table == table]
        early, _late = _split_keys(catalog, table)
        statements.append(f'create table "{table}" ({", ".join([*parts, *early])})')
    return statements


def _column(column: Column) -> str:
    parts = [f'"{column.name}" {column.type}']
    if column.identity:
        kind = "always" if column.identity == "a" else "by default"
        parts.append(f'generated {kind} as identity (sequence name "{column.sequence}")')
    elif column.default is not None:
        parts.append(f"default {column.default}")
    if column.not_null:
        usual = f"{column.table}_{column.name}_not_null"
        if column.not_null_name and column.not_null_name != usual:
            parts.append(f'constraint "{column.not_null_name}"')
        parts.append("not null")
    return " ".join(parts)


def _ordered(catalog: SchemaCatalog) -> tuple[list[str], set[str]]:
    """Tables with those they point at first, and the tables of a cycle, whose keys come last."""
    needs = {table: set[str]() for table in catalog.tables}
    for key in catalog.constraints:
        if key.target and key.target != key.table:
            needs[key.table].add(key.target)
    ordered: list[str] = []
    cyclic: set[str] = set()
    while len(ordered) < len(needs):
        ready = sorted(t for t in needs if t not in ordered and needs[t] <= set(ordered))
        if not ready:
            ready = [min(t for t in needs if t not in ordered)]
            cyclic.update(ready)
        ordered.extend(ready)
    return ordered, cyclic


def _split_keys(catalog: SchemaCatalog, table: str) -> tuple[list[str], list[str]]:
    ordered, cyclic = _ordered(catalog)
    early: list[str] = []
    late: list[str] = []
    for key in catalog.constraints:
        if key.table != table:
            continue
        if key.leaves:
            raise TemplateError(f"{key.table}.{key.name} points out of its schema")
        text = f'constraint "{key.name}" {key.definition}'
        is_late = key.target and table in cyclic and ordered.index(key.target) > ordered.index(table)
        (late if is_late else early).append(text)
    return early, late


def _indexes(catalog: SchemaCatalog) -> list[str]:
    return [index.definition for index in catalog.indexes]


def _late_keys(catalog: SchemaCatalog) -> list[str]:
    return [f'alter table "{table}" add {key}' for table in catalog.tables for key in _split_keys(catalog, table)[1]]


def _comments(catalog: SchemaCatalog) -> list[str]:
    return [
        f'comment on column "{column.table}"."{column.name}" is {_quoted(column.comment)}'
        for column in catalog.columns
        if column.comment
    ]


def _migrations_rows() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select app, name from django_migrations order by id")
        rows = cursor.fetchall()
    values = ", ".join(f"({_quoted(app)}, {_quoted(name)}, now())" for app, name in rows)
    return [f"insert into django_migrations (app, name, applied) values {values}"]  # noqa: S608 - quoted above


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
