"""Of an erased commune nothing is left: no schema, row, file or entry of a cache; its neighbour has lost none."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client

from core.delivery.models import SmsRoute
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR, Here
from tenants.leaving.erasing import erase_with_facts
from tenants.leaving.facts import ErasureFacts
from tenants.leaving.words import words_of
from tenants.models import Erasure
from tests.conftest import Neighbours
from tests.planting import marks_of
from tests.probing import told_apart
from tests.walks import commune_models, shared_models

On = Callable[[str], Client]
Captured = Callable[..., Any]
# What stays, and why. Of billing: papers that the law keeps ten years, and what they hang on.
STAYS = {"billing", "tenants.OpeningWatch", "tenants.Commune", "tenants.CommuneContour", "tenants.Erasure"}


def erased(both: Neighbours, captured: Captured) -> ErasureFacts:
    with captured(execute=True):
        return erase_with_facts(both.victim.space)


def rows_that_say(both: Neighbours) -> Counter[str]:
    """Rows of any table of any schema that name the erased commune or hold what was planted in it."""
    place, found = both.victim, Counter[str]()
    mark = marks_of(place.schema_name)
    with connection.cursor() as cursor:
        cursor.execute(
            "select schemaname, tablename from pg_tables where schemaname !~ '^(pg_|information_schema)' order by 1, 2"
        )
        for schema, table in cursor.fetchall():
            cursor.execute(f'select t::text from "{schema}"."{table}" t')
            for (row,) in cursor.fetchall():
                if mark.search(row) or place.schema_name in row or f"@{place.host.partition('.')[0]}.example" in row:
                    found[f"{schema}.{table}"] += 1
    return found


def _stays(table: str) -> bool:
    schema, _, name = table.partition(".")
    kept = {model._meta.db_table for model in shared_models() if {model._meta.label, model._meta.app_label} & STAYS}
    return schema == "public" and name in kept


def test_nothing_of_an_erased_commune_is_in_any_table(
    one_way: Neighbours, django_capture_on_commit_callbacks: Captured
) -> None:
    before = rows_that_say(one_way)
    assert len(before) > 50
    told_apart(before, "rows that name a commune")
    erased(one_way, django_capture_on_commit_callbacks)
    assert {table for table in rows_that_say(one_way) if not _stays(table)} == set()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_namespace where nspname = %s", [one_way.victim.schema_name])
        assert cursor.fetchone() == (0,)


def test_what_stays_in_the_registry_is_named() -> None:
    """A model born tomorrow that points at a space goes with it; one that points at a commune only is a decision."""
    for label in STAYS - {"billing"}:
        apps.get_model(label)
    for model in shared_models():
        if {model._meta.label, model._meta.app_label} & STAYS:
            continue
        for field in model._meta.concrete_fields:
            assert "commune" not in field.name or field.name == "commune", model._meta.label


def test_its_neighbour_has_lost_nothing(
    one_way: Neighbours, files: Path, django_capture_on_commit_callbacks: Captured
) -> None:
    def of_the_neighbour() -> tuple[dict[str, int], set[str]]:
        with enter(one_way.other.schema_name):
            counts = {model._meta.label: model._base_manager.count() for model in commune_models()}
        folder = files / "c" / one_way.other.insee
        return counts, {str(path) for path in folder.rglob("*") if path.is_file()}

    before = of_the_neighbour()
    with enter(one_way.other.schema_name):
        cache.set("kept", "here")
    erased(one_way, django_capture_on_commit_callbacks)
    assert of_the_neighbour() == before and before[1]
    with enter(one_way.other.schema_name):
        assert cache.get("kept") == "here"


def test_its_files_go_with_their_folders(
    one_way: Neighbours, files: Path, django_capture_on_commit_callbacks: Captured
) -> None:
    folder = files / "c" / one_way.victim.insee
    stray = folder / "0199aaaa" / "640.jpg"  # of an upload whose transaction was lost
    stray.parent.mkdir()
    stray.write_bytes(b"x" * 7)
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".zip" for path in kept)
    weight = sum(path.stat().st_size for path in kept)
    facts = erased(one_way, django_capture_on_commit_callbacks)
    assert (facts.files, facts.bytes) == (len(kept), weight)
    assert not folder.exists()


def test_nothing_of_it_is_in_the_cache(one_way: Neighbours, django_capture_on_commit_callbacks: Captured) -> None:
    with enter(one_way.victim.schema_name):
        cache.set("secret", "of the commune")
    gone = Here(one_way.victim.schema_name, one_way.victim.insee)
    erased(one_way, django_capture_on_commit_callbacks)
    with entered(gone):
        assert cache.get("secret") is None


def test_its_address_answers_as_one_that_never_opened(
    one_way: Neighbours, client_on: On, django_capture_on_commit_callbacks: Captured
) -> None:
    browser = client_on(one_way.victim.host)
    assert browser.get("/").status_code == 200
    erased(one_way, django_capture_on_commit_callbacks)
    page = browser.get("/").content.decode()
    assert "prévenir" in page.lower()
    assert browser.get("/mairie/").status_code == 404


def test_the_facts_count_what_was_there(one_way: Neighbours, django_capture_on_commit_callbacks: Captured) -> None:
    with enter(one_way.victim.schema_name):
        counts = {words_of(model): model._base_manager.count() for model in commune_models()}
    facts = erased(one_way, django_capture_on_commit_callbacks)
    told = dict(facts.tables)
    assert len(told) == len(facts.tables), "two tables of one name"
    assert {words: count for words, count in counts.items() if count} == {
        words: count for words, count in told.items() if words in counts
    }
    assert told["Modules activés, et quand"] > 1
    assert ErasureFacts.of(Erasure.objects.get(pk=facts.key)) == facts
    assert facts.listing.splitlines()[0] == "12013 Saint-Aubin"


def test_nothing_of_it_is_left_with_the_operator(
    one_way: Neighbours, django_capture_on_commit_callbacks: Captured
) -> None:
    with entered(OPERATOR):
        SmsRoute.objects.create(provider="ovh", provider_id="1", schema_name=one_way.victim.schema_name)
        SmsRoute.objects.create(provider="ovh", provider_id="2", schema_name=one_way.other.schema_name)
    erased(one_way, django_capture_on_commit_callbacks)
    with entered(OPERATOR):
        assert list(SmsRoute.objects.values_list("provider_id", flat=True)) == ["2"]
