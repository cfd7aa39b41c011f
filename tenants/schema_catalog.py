"""What a schema is made of, read from PostgreSQL's own catalogue: to render a template and to compare two schemas."""

import re
from dataclasses import dataclass

from django.db import connection

_COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid), a.attidentity, col_description(c.oid, a.attnum),
       (select s.relname from pg_depend p join pg_class s on s.oid = p.objid and s.relkind = 'S'
        where p.refobjid = c.oid and p.refobjsubid = a.attnum and p.deptype = 'i'),
       (select k.conname from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'n' and k.conkey = array[a.attnum])
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relnamespace = to_regnamespace(quote_ident(%s)) and c.relkind = 'r'
order by c.relname, a.attnum
"""
_CONSTRAINTS = """
select c.relname, k.conname, k.contype, pg_get_constraintdef(k.oid, true),
       case when k.contype = 'f' then (select relname from pg_class where oid = k.confrelid) end,
       k.confrelid <> 0 and (select relnamespace from pg_class where oid = k.confrelid) <> c.relnamespace
from pg_constraint k join pg_class c on c.oid = k.conrelid
where c.relnamespace = to_regnamespace(quote_ident(%s)) and k.contype <> 'n'
order by c.relname, k.conname
"""
_INDEXES = """
select c.relname, i.relname, pg_get_indexdef(x.indexrelid, 0, true)
from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
where c.relnamespace = to_regnamespace(quote_ident(%s))
  and not exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
order by i.relname
"""
_OTHERS = """
select relkind::text, relname from pg_class
where relnamespace = to_regnamespace(quote_ident(%(s)s)) and relkind not in ('r', 'i', 'S', 't')
union all
select 'trigger', t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
where c.relnamespace = to_regnamespace(quote_ident(%(s)s)) and not t.tgisinternal
union all
select 'function', proname from pg_proc where pronamespace = to_regnamespace(quote_ident(%(s)s))
union all
select 'type', typname from pg_type
where typnamespace = to_regnamespace(quote_ident(%(s)s)) and typtype in ('d', 'e', 'r')
union all
select 'statistics', stxname from pg_statistic_ext where stxnamespace = to_regnamespace(quote_ident(%(s)s))
order by 1, 2
"""
_CASTS = re.compile(r"::(text|character varying)(\[\])?|[()]")


@dataclass(frozen=True, slots=True)
class Column:
    table: str
    name: str
    type: str
    not_null: bool
    default: str | None
    identity: str
    comment: str | None
    sequence: str | None
    not_null_name: str | None


@dataclass(frozen=True, slots=True)
class Constraint:
    table: str
    name: str
    kind: str
    definition: str
    target: str | None
    leaves: bool


@dataclass(frozen=True, slots=True)
class Index:
    table: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class SchemaCatalog:
    """Every table, key, index and sequence of a schema. `others` is what a template cannot carry."""

    columns: tuple[Column, ...]
    constraints: tuple[Constraint, ...]
    indexes: tuple[Index, ...]
    others: tuple[tuple[str, str], ...]

    @property
    def tables(self) -> list[str]:
        return sorted({column.table for column in self.columns})

    def comparable(self) -> tuple[list[tuple[object, ...]], ...]:
        """The same content as sorted tuples. PostgreSQL prints casts and brackets of CHECKs and partial indexes
        differently once re-read, so they are left out."""
        return (
            sorted((c.table, c.name, c.type, c.not_null, c.default, c.identity, c.comment, c.sequence, c.not_null_name)
                   for c in self.columns),
            sorted((k.table, k.name, k.kind, _CASTS.sub("", k.definition)) for k in self.constraints),
            sorted((i.table, i.name, _CASTS.sub("", i.definition)) for i in self.indexes),
            sorted(self.others),
        )  # fmt: skip


def read_catalog(schema_name: str) -> SchemaCatalog:
    """Read a schema. The caller is inside it, so that definitions print unqualified."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [schema_name])
        columns = tuple(Column(*row) for row in cursor.fetchall())
        cursor.execute(_CONSTRAINTS, [schema_name])
        constraints = tuple(Constraint(*row) for row in cursor.fetchall())
        cursor.execute(_INDEXES, [schema_name])
        indexes = tuple(Index(*row) for row in cursor.fetchall())
        cursor.execute(_OTHERS, {"s": schema_name})
        others = tuple(cursor.fetchall())
    return SchemaCatalog(columns, constraints, indexes, others)
