"""A schema opened by the template is the one that migrations make, and neither holds a row of its own."""

import pytest
from django.core.management import call_command
from django.db import connection

from core.tenancy.context import enter
from core.tenancy.here import OPERATOR
from tenants.models import Commune, Space
from tenants.opening import open_space
from tenants.schema_catalog import SchemaCatalog, read_catalog
from tenants.template import TemplateError, render
from tests.cast import Cast

PARTS = ("columns", "constraints", "indexes", "others")


def catalog_of(schema_name: str) -> SchemaCatalog:
    with enter(schema_name):
        return read_catalog(schema_name)


def migrations_of(schema_name: str) -> list[tuple[str, str]]:
    with enter(schema_name), connection.cursor() as cursor:
        cursor.execute("select app, name from django_migrations order by 1, 2")
        found: list[tuple[str, str]] = cursor.fetchall()
    return found


def filled_tables(schema_name: str) -> list[str]:
    with enter(schema_name), connection.cursor() as cursor:
        found = []
        for table in read_catalog(schema_name).tables:
            cursor.execute(f'select exists (select from "{table}")')
            if cursor.fetchone() == (True,):
                found.append(table)
    return found


@pytest.fixture
def migrated(cast: Cast) -> str:
    """A schema made by every migration, one after another."""
    commune = Commune.objects.create(
        insee="99001", name="Migrée", folded="migree", sort_key="migree", slug="migree", departement="99", region="99"
    )
    space = Space.objects.create(schema_name="c99001", commune=commune)
    with connection.cursor() as cursor:
        cursor.execute('create schema "c99001"')
    call_command("migrate_schemas", tenant=True, schema_name="c99001", interactive=False, verbosity=0)
    schema_name: str = space.schema_name
    return schema_name


@pytest.fixture
def opened(cast: Cast) -> str:
    """A schema made by the template."""
    schema_name: str = open_space(Commune.objects.get(pk=cast.calme_insee)).schema_name
    return schema_name


def test_the_template_makes_what_migrations_make(migrated: str, opened: str) -> None:
    made, meant = catalog_of(opened).comparable(), catalog_of(migrated).comparable()
    print(f"probes: template: {', '.join(f'{len(m)} {part}' for part, m in zip(PARTS, meant, strict=True))}")  # noqa: T201
    assert all(meant[:3])
    for part, one, other in zip(PARTS, made, meant, strict=True):
        assert one == other, part
    assert migrations_of(opened) == migrations_of(migrated)
    assert filled_tables(migrated) == filled_tables(opened) == ["django_migrations"], "first rows come from `opened`"


def test_nothing_is_left_to_migrate_in_a_schema_that_the_template_made(
    opened: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = migrations_of(opened)
    call_command("migrate_schemas", tenant=True, schema_name=opened, interactive=False, verbosity=1)
    assert "No migrations to apply" in capsys.readouterr().out
    assert migrations_of(opened) == before


@pytest.mark.parametrize(
    "drift",
    [
        "alter table news_newsitem alter title type text",
        "alter table news_newsitem alter title drop not null",
        "alter table news_newsitem alter version set default 7",
        "alter table news_newsitem add extra integer",
        "alter table news_newsitem drop summary",
        "alter table news_newsitem drop constraint a_scheduled_item_has_its_time",
        "drop index news_by_state",
        "create index extra on news_newsitem (title)",
        "drop table news_transition",
        "create table extra (id integer)",
        "comment on column news_newsitem.title is 'extra'",
        "create view extra as select 1",
    ],
)
def test_a_drift_is_seen(opened: str, drift: str) -> None:
    meant = catalog_of(OPERATOR.schema_name).comparable()
    assert catalog_of(opened).comparable() == meant
    with enter(opened), connection.cursor() as cursor:
        cursor.execute(drift)
    assert catalog_of(opened).comparable() != meant


@pytest.mark.parametrize(
    "other",
    [
        "create view extra as select 1",
        "create materialized view extra as select 1",
        "create function extra() returns integer language sql return 1",
        "create type extra as enum ('a')",
        "create domain extra as text",
        "create statistics extra on title, summary from news_newsitem",
        "create table extra (id integer) partition by list (id)",
    ],
)
def test_what_a_template_cannot_carry_is_refused_by_name(cast: Cast, other: str) -> None:
    with enter(OPERATOR.schema_name), connection.cursor() as cursor:
        cursor.execute(other)
    with pytest.raises(TemplateError, match="extra"):
        render(OPERATOR)


def test_a_key_that_leaves_the_schema_is_refused(cast: Cast) -> None:
    with enter(OPERATOR.schema_name), connection.cursor() as cursor:
        cursor.execute("create table extra (insee varchar(5) references public.tenants_commune)")
    with pytest.raises(TemplateError, match="points out of its schema"):
        render(OPERATOR)
