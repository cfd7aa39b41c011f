"""The style page shows every component, from the templates that the product uses."""

import re
from pathlib import Path

import pytest
from django.test import Client

from space.specimens import COUNTS
from space.tests.test_home import Nodes

WEB = Path(__file__).resolve().parents[2] / "core/web"
PAGE, SIGNATURE, FILES = "/mairie/style/", "/mairie/style/signature/", "/mairie/style/fichiers/"
HOME = "/mairie/style/accueil/"
# Shown elsewhere: the operator's own drawing, on the portal and in the console.
ELSEWHERE = {"web/components/tower.html"}
CLASS = re.compile(r"\.([a-z][\w-]*)")


def test_the_style_page_is_for_the_staff(anyone: Client, resident: Client, editor: Client) -> None:
    assert anyone.get(PAGE).status_code == 302
    assert resident.get(PAGE).status_code in {403, 404}
    assert editor.get(PAGE).status_code == 200


def test_every_component_is_on_the_style_page(editor: Client) -> None:
    shown = {template.name for template in editor.get(PAGE).templates}
    components = {f"web/components/{path.name}" for path in (WEB / "templates/web/components").glob("*.html")}
    assert len(components) > 8
    assert components - ELSEWHERE - shown == set()


def test_every_class_of_the_components_is_on_the_style_page(editor: Client) -> None:
    html = "".join(editor.get(path).content.decode() for path in (PAGE, SIGNATURE, FILES))
    shown = {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}
    sheet = re.sub(r"/\*.*?\*/", "", (WEB / "static/web/css/components.css").read_text(), flags=re.DOTALL)
    ruled = {name for selector in re.findall(r"([^{}]+)\{", sheet) for name in CLASS.findall(selector)}
    assert ruled - shown == set()


def test_a_file_is_shown_in_every_state_it_may_be_in(editor: Client) -> None:
    page = editor.get(FILES)
    html = page.content.decode()
    assert {"media/chosen.html", "media/picture.html"} <= {template.name for template in page.templates}
    said = (
        "en préparation",
        "ne peut pas être lue",
        "Décrivez l’image",
        "download",
        "<video",
        "<progress",
        "data-frame",
    )
    assert [each for each in said if each not in html] == []
    assert "frame-src https://videos.example" in page["Content-Security-Policy"]


def test_the_style_page_is_shown_in_either_theme(editor: Client) -> None:
    assert 'data-theme="light"' in editor.get(f"{PAGE}?theme=clair").content.decode()
    assert 'data-theme="dark"' in editor.get(f"{PAGE}?theme=sombre").content.decode()
    assert '<html lang="fr">' in editor.get(f"{PAGE}?theme=autre").content.decode()


@pytest.mark.parametrize("path", [PAGE, SIGNATURE, FILES])
def test_a_style_page_stays_under_a_thousand_elements(editor: Client, path: str) -> None:
    nodes = Nodes()
    nodes.feed(editor.get(path).content.decode())
    assert nodes.count <= 1000


@pytest.mark.parametrize("count", COUNTS)
def test_the_home_of_any_number_of_modules_is_drawn_signed_out(editor: Client, count: int) -> None:
    page = editor.get(f"{HOME}?modules={count}").content.decode()
    assert "Se connecter" in page
    assert ("/rubriques/" in page) == (count > COUNTS[0])
    nodes = Nodes()
    nodes.feed(page)
    assert nodes.count <= 300


def test_every_entry_is_behind_plus(anyone: Client) -> None:
    page = anyone.get("/rubriques/").content.decode()
    assert all(f'href="{path}"' in page for path in ("/actualites/", "/commune/", "/recherche/", "/connexion/"))
