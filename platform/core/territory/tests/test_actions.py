"""Areas and addresses: what is kept, what is refused, what falls where."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from core.audit.models import Entry
from core.territory.actions import close_area, draw_area, import_addresses
from core.territory.models import Address, AddressImport, Area, AreaKind
from core.territory.queries import area_at, areas, find_address, streets
from core.territory.tests.files import ban, line, many

WHOLE = [(44.96, 3.96), (44.96, 4.04), (45.04, 4.04), (45.04, 3.96)]
MIDDLE = [(44.99, 3.99), (44.99, 4.01), (45.01, 4.01), (45.01, 3.99)]


def draw(author: User, name: str, outline: list[tuple[float, float]], area: Area | None = None) -> Area:
    return draw_area(area, name=name, kind=AreaKind.HAMLET, outline=outline, author=author)


def take(author: User, *lines: str) -> AddressImport:
    return import_addresses(ban(*lines), file_name="adresses-12.csv", author=author)


def test_two_areas_in_use_cannot_share_a_name(author: User) -> None:
    first = draw(author, "Le Bourg", WHOLE)
    with pytest.raises(ValidationError):
        draw(author, "le bourg", MIDDLE)
    draw(author, "Le Bourg", MIDDLE, first)
    close_area(first, author=author)
    draw(author, "Le bourg", MIDDLE)
    assert [area.name for area in areas()] == ["Le bourg"]
    first.refresh_from_db()
    assert first.closed_by == author.email
    assert first.closed_at


def test_an_outline_that_crosses_itself_is_refused(author: User) -> None:
    with pytest.raises(ValidationError, match="se croise"):
        draw(author, "Nœud", [WHOLE[0], WHOLE[2], WHOLE[1], WHOLE[3]])
    assert not Area.objects.exists()


def test_the_smallest_area_that_holds_a_point_is_the_one(author: User) -> None:
    draw(author, "Secteur", WHOLE)
    hamlet = draw(author, "Hameau", MIDDLE)
    assert area_at(45.0, 4.0) == hamlet
    assert str(area_at(45.03, 4.03)) == "Secteur"
    assert area_at(45.2, 4.0) is None
    close_area(hamlet, author=author)
    assert str(area_at(45.0, 4.0)) == "Secteur"


def test_addresses_follow_the_areas_that_change(author: User) -> None:
    draw(author, "Secteur", WHOLE)
    take(author, line(1), line(2, lat=45.03, lon=4.03), line(3, lat=45.049, lon=4.0))

    def placed() -> list[str | None]:
        return list(Address.objects.order_by("number").values_list("area__name", flat=True))

    assert placed() == ["Secteur", "Secteur", None]
    hamlet = draw(author, "Hameau", MIDDLE)
    assert placed() == ["Hameau", "Secteur", None]
    draw(author, "Hameau", [(lat + 0.03, lon + 0.03) for lat, lon in MIDDLE], hamlet)
    assert placed() == ["Secteur", "Hameau", None]
    close_area(hamlet, author=author)
    assert placed() == ["Secteur", "Secteur", None]


def test_a_new_import_updates_adds_and_removes(author: User) -> None:
    take(author, line(1), line(2))
    one = Address.objects.get(number=1)
    done = take(author, line(1, lat=45.01), line(3), line(3), line(1, insee="12014"))
    assert (done.rows_read, done.rows_kept, done.rows_refused, done.rows_gone) == (4, 2, 2, 1)
    assert list(Address.objects.values_list("number", "latitude")) == [(1, 45.01), (3, 45.0)]
    assert Address.objects.get(number=1).pk == one.pk
    assert Entry.objects.filter(verb="territory.addresses_imported").count() == 2


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([line(1), line(2, lat="x")], "Ligne 3"),
        ([line(1, insee="12014")], "code INSEE 12014, le vôtre est 12013"),
        ([], "aucune adresse"),
    ],
)
def test_a_faulty_file_changes_nothing(author: User, lines: list[str], sentence: str) -> None:
    take(author, line(9))
    with pytest.raises(ValidationError, match=sentence):
        take(author, *lines)
    assert [address.number for address in Address.objects.all()] == [9]
    assert AddressImport.objects.count() == 1


def test_an_import_costs_the_same_statements_for_ten_rows_and_for_a_thousand(author: User) -> None:
    counts = []
    for size in (10, 1000):
        with CaptureQueriesContext(connection) as statements:
            take(author, *many(size))
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert streets().count() == 3


def test_an_address_is_found_by_its_words_whatever_their_accents(author: User) -> None:
    take(author, line(1, "Rue de l’Église"), line(12, "Rue de l’Église", rep="bis"), line(1, "Chemin du Bœuf"))
    assert [str(each) for each in find_address("12 BIS eglise")] == ["12 bis Rue de l’Église"]
    assert [str(each) for each in find_address("1 rue égl")] == ["1 Rue de l’Église"]
    assert [str(each) for each in find_address("boeuf")] == ["1 Chemin du Bœuf"]
    assert not find_address("  ;%").exists()
    assert not find_address("glise").exists()
