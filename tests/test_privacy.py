"""What the modules hold of a person is exported and erased, in modules that are off too."""

from collections import Counter

from django.conf import settings
from django.db import connection

from core.accounts.actions import delete_account
from core.accounts.models import User
from core.privacy.export import parts
from core.tenancy.context import enter
from space.views.account import kept_about
from tenants.switches import switch_off
from tests.conftest import Neighbours
from tests.planting import Mark
from tests.probing import told_apart
from tests.walks import commune_models


def _rows_that_say(schema_name: str, words: list[str]) -> list[str]:
    found = []
    with enter(schema_name), connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'select t::text from "{table}" t')
            found += [f"{table}: {row}" for (row,) in cursor.fetchall() if any(word in row for word in words)]
    return found


def _off(both: Neighbours) -> None:
    for slug in settings.CATALOGUE.slugs:
        switch_off(both.victim.space, slug, author="test")


def test_what_a_module_that_is_off_holds_of_a_person_is_exported(one_way: Neighbours) -> None:
    _off(one_way)
    person = one_way.victims[User]
    with enter(one_way.victim.schema_name):
        kept = kept_about(person)
        exported = {part.label for part in parts(person)}
    assert {manifest.label for manifest in settings.CATALOGUE} <= exported
    told: Counter[str] = Counter({each.label: sum(count for _, count in each.counts) for each in kept})
    told_apart(told, "records of a person", *(manifest.label for manifest in settings.CATALOGUE))


def test_a_person_who_leaves_is_named_nowhere(one_way: Neighbours) -> None:
    _off(one_way)
    schema_name, person = one_way.victim.schema_name, one_way.victims[User]
    traces = [Mark.of(schema_name, User).secret, str(person.pk), person.pk.hex]
    before = Counter(row.partition(":")[0] for row in _rows_that_say(schema_name, traces))
    told_apart(before, "rows that name a person")
    with enter(schema_name):
        delete_account(User.objects.get(pk=person.pk))
    assert not _rows_that_say(schema_name, traces)


def test_what_a_person_wrote_for_the_commune_stays(one_way: Neighbours) -> None:
    with enter(one_way.victim.schema_name):
        delete_account(User.objects.get(pk=one_way.victims[User].pk))
        for model in commune_models():
            if model._meta.app_label in settings.CATALOGUE.slugs:
                assert model._base_manager.filter(pk=one_way.victims[model].pk).exists(), model._meta.label
