"""Finding a commune in a small directory whose names are chosen to be confused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.directory.folding import fold
from tenants.directory.search import find
from tenants.models import Commune

ROWS = [
    ("05135", "Sainte-Colombe", "05", 65, ["05700"]),
    ("69189", "Sainte-Colombe", "69", 2036, ["69560"]),
    ("66170", "Sainte-Colombe-de-la-Commanderie", "66", 183, ["66300"]),
    ("06059", "Èze", "06", 2144, ["06360"]),
    ("76351", "Le Havre", "76", 166000, ["76600", "76610", "76620"]),
    ("41164", "Noyers-sur-Cher", "41", 2600, ["41140"]),
    ("04138", "Noyers-sur-Jabron", "04", 500, ["04200"]),
    ("57123", "L'Hôpital", "57", 5200, ["57490"]),
    ("12124", "Saint-Rémy-Lhopital", "12", 90, ["12200"]),
    ("97411", "Saint-Denis", "974", 150000, ["97400", "97417", "97490"]),
    ("94038", "L'Haÿ-les-Roses", "94", 31000, ["94240"]),
]


@pytest.fixture
def directory(db: None) -> None:
    Commune.objects.bulk_create(
        Commune(
            insee=insee, name=name, folded=fold(name), sort_key=fold(name), slug=f"s{insee}", departement=departement,
            population=population, postal_codes=codes,
        )
        for insee, name, departement, population, codes in ROWS
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sainte colombe", "69189"),
        ("Ste-Colombe 05", "05135"),
        ("sainte-colombe hautes alpes", "05135"),
        ("colombe de la comm", "66170"),
        ("EZE", "06059"),
        ("havre", "76351"),
        ("l'hay", "94038"),
        ("76620", "76351"),
        ("0636", "06059"),
        ("06360 eze", "06059"),
        ("commanderie colombe", "66170"),
        ("st colombe rhone", "69189"),
        ("saint denis réunion", "97411"),
        ("Saint-Denis 974", "97411"),
        ("Noyers-sur-Cher", "41164"),
        ("noyers alpes de haute provence", "04138"),
    ],
)
def test_a_commune_is_found_as_people_type_it(directory: None, typed: str, first: str) -> None:
    answers = find(typed)
    assert answers.found[0].insee == first
    assert not answers.guessed


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sainte colmbe", "69189"),
        ("le avre", "76351"),
        ("lhay les rose", "94038"),
        ("nyoers sur chre", "41164"),
        ("saint dneis 974", "97411"),
    ],
)
def test_a_mistyped_name_is_guessed_and_said_to_be(directory: None, typed: str, first: str) -> None:
    answers = find(typed)
    assert answers.found[0].insee == first
    assert answers.guessed


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'; drop table", "99999", "\x01", "zzz" * 200])
def test_what_names_no_commune_finds_none(directory: None, typed: str) -> None:
    assert find(typed).found == ()


def test_homonyms_are_told_apart_by_their_departement(directory: None) -> None:
    homonyms = [(each.name, each.departement_name) for each in find("sainte colombe").found[:2]]
    assert homonyms == [("Sainte-Colombe", "Rhône"), ("Sainte-Colombe", "Hautes-Alpes")]


def test_a_mistake_that_is_part_of_another_name_still_finds_the_commune(directory: None) -> None:
    answers = find("lhopital")
    assert [each.insee for each in answers.found] == ["12124", "57123"]
    assert not answers.guessed


def test_the_list_costs_one_statement_however_long(directory: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as statements:
        assert len(find("sainte colombe").found) == 3
    assert sum("tenants_commune" in each["sql"] for each in statements.captured_queries) == 1
