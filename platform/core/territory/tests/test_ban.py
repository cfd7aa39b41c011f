"""Reading files that are right, and saying what is wrong with the others."""

import gzip
from io import BytesIO

import pytest

from core.territory.ban import BanFile, Row, Unreadable
from core.territory.geometry import Box
from core.territory.tests.files import HEADER, ban, line

BOX = Box(44.95, 3.95, 45.05, 4.05)


def read(stream: BytesIO, insee: str = "12013") -> tuple[list[Row], BanFile]:
    file = BanFile(stream, insee, BOX)
    return list(file), file


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_read_with_or_without_its_mark(start: bytes) -> None:
    rows, file = read(ban(line(12, "Rue de l’Œuvre", rep="bis"), start=start))
    assert rows == [Row("12013_rue-de-l’œuvre_12_bis", 12, "bis", "Rue de l’Œuvre", "80100", 45.0, 4.0)]
    assert (file.read, file.flaws) == (1, [])


def test_a_compressed_file_is_read() -> None:
    assert len(read(BytesIO(gzip.compress(ban(line(1), line(2)).getvalue())))[0]) == 2


def test_columns_are_found_by_their_names() -> None:
    header = "lat;lon;code_insee;code_postal;nom_voie;rep;numero;id"
    assert read(ban("45.0;4.0;12013;80100;Rue Haute;;3;k", header=header))[0][0].street == "Rue Haute"


def test_a_quoted_name_may_hold_a_semicolon() -> None:
    assert read(ban(line(1, '"Rue ; drôle"', key="k")))[0][0].street == "Rue ; drôle"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Il manque : id, numero"),
        (b"a,b,c\n1,2,3\n", "Il manque : id, numero"),
        (HEADER.replace(";lat", "").encode(), "Il manque : lat."),
        (ban(line(1, "Allée")).getvalue().decode().encode("latin-1"), "Ligne 2 : le fichier n’est pas encodé en UTF-8"),
        (b"PK\x03\x04 a workbook", "classeur"),
        (b"\0\0 a program", "pas un fichier CSV"),
        (b"x" * 9000, "pas un fichier CSV"),
        (gzip.compress(ban(line(1)).getvalue())[:-9], "abîmé"),
        (b"\x1f\x8bnothing", "abîmé"),
        (f'{HEADER}\n"open;and never closed'.encode(), "Ligne 2 : les guillemets"),
    ],
)
def test_a_wrong_file_is_named(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(BytesIO(content))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (line(lat="45,1"), "Ligne 3 : « 45,1 » et « 4.0 » ne sont pas"),
        (line(lat=""), "Ligne 3 : «  » et « 4.0 » ne sont pas"),
        (line(lat="nan"), "Ligne 3 : le point nan, 4.0 est loin"),
        (line(lat=48.8, lon=2.3), "Ligne 3 : le point 48.8, 2.3 est loin"),
        (line("douze"), "Ligne 3 : « douze » n’est pas un numéro"),
        (line("²"), "Ligne 3 : « ² » n’est pas un numéro"),
        (line("-1"), "Ligne 3 : « -1 » n’est pas un numéro"),
        (line(street=" "), "Ligne 3 : le nom de la voie manque"),
        (line(street="x" * 201, key="k"), "Ligne 3 : le nom de la voie manque, ou"),
        (line(postal_code="8010"), "Ligne 3 : « 8010 » n’est pas un code postal"),
        (line(key=" "), "Ligne 3 : l’identifiant manque"),
        (line() + ";", "Ligne 3 : 24 colonnes au lieu de 23"),
    ],
)
def test_a_wrong_line_is_named_with_its_number(wrong: str, sentence: str) -> None:
    _, file = read(ban(line(7), wrong, line(9)))
    assert len(file.flaws) == 1
    assert file.flaws[0].startswith(sentence)


def test_reading_stops_at_the_tenth_flaw() -> None:
    _, file = read(ban(*[line("x")] * 50))
    assert len(file.flaws) == file.read == 10


def test_other_communes_and_doubles_are_counted_and_left() -> None:
    rows, file = read(ban(line(1), line(1), line(2, insee="12014"), line(2)))
    assert [row.number for row in rows] == [1, 2]
    assert (file.read, file.doubles, file.elsewhere, file.insees) == (4, 1, 1, {"12014"})


@pytest.mark.parametrize(("commune", "district"), [("75056", "75111"), ("69123", "69385"), ("13055", "13208")])
def test_the_districts_of_a_large_city_are_its_own(commune: str, district: str) -> None:
    assert len(read(ban(line(1, insee=district)), commune)[0]) == 1
