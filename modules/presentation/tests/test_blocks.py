"""Blocks: one form shape per kind, moved, removed and put back, and nothing lost between two editors."""

from collections.abc import Callable
from html import escape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.catalogue import Visibility
from core.media.models import Asset
from core.media.tests import pictures
from core.organisation.models import Department, OpeningSlot
from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.forms.rows import read_cells, written
from modules.presentation.tests.writing import begin, blocks, with_text
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
HOSTILE = "<script>alert(1)</script> & «\"'»"
ROWS = {"etapes-TOTAL_FORMS": "1", "etapes-INITIAL_FORMS": "0"}
FAIR: dict[str, dict[str, str]] = {
    "texte": {"title": "Avant", "body": "Un château."},
    "citation": {"text": "Ici l’on moud.", "who": "Le meunier", "source": "Cadastre de 1812"},
    "chronologie": {
        **ROWS,
        "title": "",
        "etapes-0-date": "vers 1200",
        "etapes-0-title": "Le pont",
        "etapes-0-text": "",
    },
    "contact": {"title": "", "function": "Garde champêtre", "phone": "04 00 00 00 00", "email": "", "place": ""},
    "tableau": {"caption": "Tarifs", "cells": "Salle | Prix\nGrande | 200 €", "header": "on"},
}


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


@pytest.fixture
def desk(editor: Client) -> str:
    return begin(editor)


def department(cast: Cast, name: str = "Accueil") -> str:
    with enter(cast.aubin.schema_name):
        found = Department.objects.create(name=name, phone="04 92 00 00 00", place="1 place de l’Église")
        OpeningSlot.objects.bulk_create(
            OpeningSlot(department=found, weekday=day, opens="00:00", closes="23:59") for day in range(7)
        )
        return str(found.pk)


@pytest.mark.parametrize("kind", FAIR)
def test_each_kind_is_typed_read_and_typed_again(
    cast: Cast, editor: Client, client_on: On, desk: str, kind: str
) -> None:
    answer = editor.post(f"{desk}blocs/nouveau/{kind}/", FAIR[kind])
    assert answer.status_code == 302, answer.content.decode()
    [block] = blocks(cast)
    where = f"{desk}blocs/{block.key}/"
    form = editor.get(where)
    for value in FAIR[kind].values():
        if value not in {"on", "0", "1"}:
            assert escape(value) in form.content.decode()
    assert editor.post(where, FAIR[kind] | {"read": form.context["read"]}).status_code == 302
    assert [each.data for each in blocks(cast)] == [block.data]
    editor.post(f"{desk}mettre-en-ligne/")
    page = client_on(cast.aubin.host).get("/commune/notre-histoire/").content.decode()
    for key, value in FAIR[kind].items():
        if value not in {"on", "0", "1"} and key != "cells":
            assert value in page


def test_a_form_carries_its_key_or_what_it_read(cast: Cast, editor: Client, desk: str) -> None:
    new = editor.get(f"{desk}blocs/nouveau/texte/").content.decode()
    assert 'name="key"' in new
    assert 'name="read"' not in new
    editor.post(f"{desk}blocs/nouveau/texte/", FAIR["texte"])
    known = editor.get(f"{desk}blocs/{blocks(cast)[0].key}/").content.decode()
    assert 'name="read"' in known
    assert 'name="key"' not in known


def test_hours_say_whether_it_is_open_now(cast: Cast, editor: Client, client_on: On, desk: str) -> None:
    editor.post(f"{desk}blocs/nouveau/horaires/", {"title": "", "department": department(cast)})
    editor.post(f"{desk}blocs/nouveau/contact/", {"title": "", "department": blocks(cast)[0].department_id})
    editor.post(f"{desk}mettre-en-ligne/")
    page = client_on(cast.aubin.host).get("/commune/notre-histoire/").content.decode()
    assert page.count("Ouvert jusqu’à 23 h 59") == 2
    assert 'href="tel:0492000000"' in page
    assert "Aujourd’hui" in page


def test_a_department_that_closed_leaves_no_hole_and_no_error(
    cast: Cast, editor: Client, client_on: On, desk: str
) -> None:
    chosen = department(cast)
    editor.post(f"{desk}blocs/nouveau/horaires/", {"title": "Nos heures", "department": chosen})
    editor.post(f"{desk}mettre-en-ligne/")
    with enter(cast.aubin.schema_name):
        Department.objects.update(closed_at="2026-01-01T00:00:00Z")
    assert "Nos heures" not in client_on(cast.aubin.host).get("/commune/notre-histoire/").content.decode()
    assert "ne montre plus rien" in editor.get(desk).content.decode()
    with enter(cast.aubin.schema_name):
        Department.objects.all().delete()
    assert editor.get(desk).status_code == 200


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("texte", {"body": ""}, "body"),
        ("texte", {"body": "x" * 20_001}, "body"),
        ("texte", {"title": "x" * 101}, "title"),
        ("texte", {"body": "\x00"}, "body"),
        ("citation", {"text": "x" * 1001}, "text"),
        ("contact", {"phone": "le matin"}, "phone"),
        ("contact", {"email": "a@b"}, "email"),
        ("contact", {"function": ""}, "function"),
        ("contact", {"phone": ""}, "phone"),
        ("contact", {"department": "x"}, "department"),
        ("horaires", {"department": str(uuid4())}, "department"),
        ("horaires", {"department": ""}, "department"),
        ("chronologie", {"etapes-0-date": ""}, "__all__"),
        ("chronologie", {"etapes-0-date": "", "etapes-0-title": ""}, "__all__"),
        ("chronologie", {"etapes-TOTAL_FORMS": ""}, "__all__"),
        ("chronologie", {"etapes-TOTAL_FORMS": "99999999"}, "__all__"),
        ("chronologie", {"etapes-TOTAL_FORMS": "\x00"}, "__all__"),
        ("tableau", {"cells": "\n".join(["a;b;c;d;e;f;g;h;i;j"] * 1000)}, "cells"),
        ("tableau", {"cells": " | \n"}, "cells"),
        ("tableau", {"cells": ";".join("abcdefghijklmnopqrstuvw")}, "cells"),
        ("tableau", {"cells": "x" * 301}, "cells"),
        ("tableau", {"cells": "\x00"}, "cells"),
        ("tableau", {"caption": ""}, "caption"),
        ("tableau", {"cells": "x" * 200_001}, "cells"),
        ("image", {}, "picture"),
        ("galerie", {}, "pictures"),
        ("document", {}, "documents"),
        ("image", {"picture-assets": str(uuid4())}, "picture"),
        ("image", {"picture-assets": "x"}, "picture"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_at_its_field(
    cast: Cast, editor: Client, desk: str, kind: str, changes: dict[str, str], field: str
) -> None:
    answer = editor.post(f"{desk}blocs/nouveau/{kind}/", FAIR.get(kind, {"title": "Mon titre"}) | changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    html = answer.content.decode()
    assert "À corriger avant de continuer" in html
    if kind not in FAIR:
        assert "Mon titre" in html
    assert blocks(cast) == []


def test_a_table_of_ten_thousand_cells_is_refused_with_its_figure(cast: Cast, editor: Client, desk: str) -> None:
    cells = "\n".join(["1\t2\t3\t4\t5\t6\t7\t8\t9\t10"] * 1000)
    answer = editor.post(f"{desk}blocs/nouveau/tableau/", {"caption": "Trop", "cells": cells})
    assert "10000 cellules pour 2 000 au plus" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("a | b\nc", [["a", "b"], ["c", ""]]),
        ("a\tb\r\n\tc\t\t", [["a", "b"], ["", "c"]]),
        ("a;b\n\n;", [["a", "b"]]),
        ('"a | b" | c', [["a | b", "c"]]),
        ('"deux\nlignes"\tb', [["deux lignes", "b"]]),
        ('dit "oui"\tb', [['dit "oui"', "b"]]),
    ],
)
def test_a_table_is_pasted_or_typed_and_read_again_as_it_was(typed: str, rows: list[list[str]]) -> None:
    assert read_cells(typed) == rows
    assert read_cells(written(rows)) == rows


def test_a_picture_is_kept_described_and_shown_to_those_who_may(
    cast: Cast, editor: Client, client_on: On, desk: str
) -> None:
    sent = {"title": "", "picture": SimpleUploadedFile("pont.jpg", pictures.drawn()), "picture-new-alt": "Le pont"}
    answer = editor.post(f"{desk}blocs/nouveau/image/", sent)
    assert answer.status_code == 302, answer.content.decode()
    with enter(cast.aubin.schema_name):
        asset = Asset.objects.get()
        assert (asset.alt, hooks.owns_media(asset.pk)) == ("Le pont", Visibility.STAFF)
    editor.post(f"{desk}mettre-en-ligne/")
    with enter(cast.aubin.schema_name):
        assert hooks.owns_media(asset.pk) == Visibility.PUBLIC
        assert hooks.owns_media(uuid4()) == Visibility.UNKNOWN
    assert 'alt="Le pont"' in client_on(cast.aubin.host).get("/commune/notre-histoire/").content.decode()
    editor.post(f"{desk}supprimer/")
    with enter(cast.aubin.schema_name):
        assert hooks.owns_media(asset.pk) == Visibility.STAFF


def test_a_file_sent_with_a_form_that_is_wrong_comes_back_as_chosen(cast: Cast, editor: Client, desk: str) -> None:
    sent = {
        "title": "x" * 101,
        "picture": SimpleUploadedFile("pont.jpg", pictures.drawn()),
        "picture-new-alt": "Le pont",
    }
    html = editor.post(f"{desk}blocs/nouveau/image/", sent).content.decode()
    with enter(cast.aubin.schema_name):
        asset = Asset.objects.get()
    assert f'name="picture-assets" value="{asset.pk}"' in html
    again = {"title": "Bon", "picture-assets": str(asset.pk), f"picture-{asset.pk}-alt": "Le pont"}
    assert editor.post(f"{desk}blocs/nouveau/image/", again).status_code == 302


@pytest.mark.parametrize("kind", ["video", "html", "texte2", "x" * 400])
def test_a_kind_that_is_none_is_not_found(editor: Client, desk: str, kind: str) -> None:
    assert editor.post(f"{desk}blocs/nouveau/{kind}/", FAIR["texte"]).status_code == 404


@pytest.mark.parametrize("act", ["", "place/", "retirer/"])
def test_a_block_of_another_page_is_not_found(cast: Cast, editor: Client, desk: str, act: str) -> None:
    with_text(editor, desk)
    [block] = blocks(cast)
    other = begin(editor, "Autre")
    assert editor.post(f"{other}blocs/{block.key}/{act}", FAIR["texte"]).status_code == 404
    assert [each.data["body"] for each in blocks(cast)] == ["<p>Un château.</p>"]


def test_html_in_every_field_of_every_kind_is_read_as_typed(
    cast: Cast, editor: Client, client_on: On, desk: str
) -> None:
    kept = ("email", "phone", "header", "etapes-TOTAL_FORMS", "etapes-INITIAL_FORMS")
    for kind, fair in FAIR.items():
        sent = {name: value if name in kept else HOSTILE for name, value in fair.items()}
        if "etapes-0-date" in sent:
            sent["etapes-0-date"] = HOSTILE[:40]
        assert editor.post(f"{desk}blocs/nouveau/{kind}/", sent).status_code == 302
    editor.post(f"{desk}mettre-en-ligne/")
    for html in (
        client_on(cast.aubin.host).get("/commune/notre-histoire/").content.decode(),
        editor.get(desk).content.decode(),
        *(editor.get(f"{desk}blocs/{block.key}/").content.decode() for block in blocks(cast)),
    ):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html
