"""A new council in one go: what is understood, what is refused by line, what is replaced."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.audit.models import Entry
from core.tenancy.context import enter
from modules.presentation.forms.sheet import read_council, text_of
from modules.presentation.models import Member, Term
from tests.cast import Cast, Place

Of = Callable[..., Client]
ADDRESS = "/mairie/commune/equipe/nouveau-conseil/"
SHEET = "Nom\tPrénom\tFonction\tListe\nLac\tAda\tMaire\tDemain\nMont\tZoé\tAdjointe\tAutrement"


def members(place: Place) -> list[str]:
    with enter(place.schema_name):
        return [str(member) for member in Member.objects.current()]


def sent(client: Client, text: str = SHEET, **more: Any) -> Any:
    read = client.get(ADDRESS).context["read"]
    return client.post(ADDRESS, {"text": text, "read": read, "began_on": "2026-03-22", **more})


def replaced(client: Client, text: str = SHEET, **more: Any) -> Any:
    return sent(client, text, faire="remplacer", **more)


def test_who_is_not_of_the_mairie_replaces_nobody(cast: Cast, client_of: Of) -> None:
    for stranger in (client_of(cast.aubin.resident), client_of(cast.belleville.editor, cast.aubin.host)):
        assert stranger.post(ADDRESS, {"text": SHEET, "faire": "remplacer"}).status_code in {302, 403}
    assert members(cast.aubin) == []


def test_nothing_changes_before_the_list_was_read_back(cast: Cast, client_of: Of) -> None:
    answer = sent(client_of(cast.aubin.editor))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<b>Ada Lac</b>" in page and "Rien n’est encore enregistré" in page
    assert members(cast.aubin) == []


def test_a_new_council_takes_the_place_of_the_former_which_is_kept_with_its_term(cast: Cast, client_of: Of) -> None:
    client = client_of(cast.aubin.editor)
    assert replaced(client).status_code == 302
    assert replaced(client, "Prénom;Nom;Fonction\nIda;Pré;Maire").status_code == 302
    assert members(cast.aubin) == ["Ida Pré"]
    with enter(cast.aubin.schema_name):
        former = Term.objects.get(current=None)
        assert former.ended_at and [str(each) for each in former.members.all()] == ["Ada Lac", "Zoé Mont"]
        assert Entry.objects.filter(verb="presentation.renewed").count() == 2
    page = client.get("/mairie/commune/equipe/").content.decode()
    assert "Ancien conseil" in page and "Ada Lac" in page
    assert "Ada Lac" not in client.get("/commune/equipe/").content.decode()


def test_a_council_sent_twice_is_heard_once(cast: Cast, client_of: Of) -> None:
    client = client_of(cast.aubin.editor)
    read = client.get(ADDRESS).context["read"]
    for _ in range(2):
        assert client.post(ADDRESS, {"text": SHEET, "read": read, "faire": "remplacer"}).status_code == 302
    with enter(cast.aubin.schema_name):
        assert Term.objects.count() == 1


def test_who_replaces_a_team_that_changed_meanwhile_is_told(cast: Cast, client_of: Of) -> None:
    client = client_of(cast.aubin.editor)
    read = client.get(ADDRESS).context["read"]
    replaced(client_of(cast.aubin.administrator), "Ida;Pré;Maire")
    answer = client.post(ADDRESS, {"text": SHEET, "read": read, "faire": "remplacer"})
    assert answer.status_code == 409 and "Ada" in answer.content.decode()
    assert members(cast.aubin) == ["Ida Pré"]
    again = {"text": SHEET, "read": answer.context["read"], "faire": "remplacer"}
    assert client.post(ADDRESS, again).status_code == 302
    assert members(cast.aubin) == ["Ada Lac", "Zoé Mont"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Collez la liste"),
        ("Prénom;Nom\nAda;Lac", "Il manque la colonne « fonction »"),
        ("Nom;Nom;Prénom;Fonction\nA;B;C;D", "deux fois"),
        ("Ada;Lac", "Ligne 1 : il manque : fonction"),
        ("Ada;Lac;Maire\nZoé;;Adjointe", "Ligne 2 : il manque : nom"),
        ("Ada;Lac;Maire\n\nADA;lac;Adjointe", "Ligne 3 : la même personne est déjà à la ligne 1"),
        ("Ada;Lac;Maire;a;b;c;d", "cellules de trop"),
        ("Ada;Lac;" + "x" * 200, "80 lettres au plus"),
        ("x" * 60_001, "60000"),
        ("Ad\ufffda;Lac;Maire", "illisibles"),
        ("a;b;c\n" * 500, "trop long"),
    ],
)
def test_what_is_wrong_is_said_by_line_and_the_text_comes_back(cast: Cast, client_of: Of, text: str, said: str) -> None:
    answer = replaced(client_of(cast.aubin.editor), text)
    assert answer.status_code == 422
    page = answer.content.decode().replace("\u00a0", " ")
    assert said in page
    assert text[:3] in page
    assert members(cast.aubin) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_of_any_usual_encoding_is_read_and_its_text_can_be_mended(
    cast: Cast, client_of: Of, encoding: str
) -> None:
    file = SimpleUploadedFile("conseil.csv", "Prénom;Nom;Fonction\nZoé;Forêt;Maire".encode(encoding))
    answer = sent(client_of(cast.aubin.editor), "", file=file)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<b>Zoé Forêt</b>" in page and "Zoé;Forêt;Maire</textarea>" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Collez la liste"),
        (b"PK\x03\x04 a spreadsheet", "enregistrez le tableau au format CSV"),
        (b"a;b\0;c", "enregistrez le tableau au format CSV"),
        (b"%PDF-1.7", "enregistrez le tableau au format CSV"),
        (b"\xff\xfea", "enregistrez le tableau au format CSV"),
        (b"a;b;c\n" * 50_000, "trop long"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(cast: Cast, client_of: Of, content: bytes, said: str) -> None:
    answer = sent(client_of(cast.aubin.editor), "", file=SimpleUploadedFile("conseil.csv", content))
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["file"])


def test_columns_are_read_in_any_order_and_quotes_hold_a_separator() -> None:
    people, wrong = read_council('Fonction,Délégations,Nom,Prénom\nMaire,"Eau, routes",Lac,Ada')
    assert not wrong
    [who] = people
    assert (who.first_name, who.surname, who.function, who.delegations) == ("Ada", "Lac", "Maire", "Eau, routes")


def test_without_names_columns_are_read_in_the_order_that_the_page_says() -> None:
    people, wrong = read_council("Ada\tLac\tMaire\tDemain\tÉcoles\tSamedi")
    assert not wrong and (people[0].group, people[0].permanence) == ("Demain", "Samedi")


def test_html_in_a_cell_is_read_as_typed(cast: Cast, client_of: Of) -> None:
    client = client_of(cast.aubin.editor)
    assert replaced(client, "<script>alert(1)</script>;Lac;Maire").status_code == 302
    for address in ("/commune/equipe/", "/mairie/commune/equipe/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_a_file_of_an_odd_size_is_not_even_read() -> None:
    with pytest.raises(ValidationError):
        text_of(SimpleUploadedFile("x.csv", b"a" * 100), 10)
