"""How a space looks, where it answers, how its modules are tuned."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.audit.models import Entry
from core.web.colour import accent_theme
from core.web.landscape import KINDS
from space.choices import ACCENTS
from space.tests.conftest import Inside
from tenants.directory.kinds import Kind
from tenants.models import ModuleOptions, Space
from tenants.switches import switch_off
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
PAGE = "/mairie/reglages/"
CHOICES = {
    "arms_pattern": "bend",
    "arms_figure": "tower",
    "tint": "#1f5fa8",
    "accent": "#0f6b5c",
    "landscape": "coast",
}


def looks(cast: Cast) -> tuple[str, ...]:
    space = cast.aubin.space
    return (space.accent, space.arms_pattern, space.arms_figure, space.landscape)


def test_choices_are_kept_and_every_page_shows_them(
    cast: Cast, administrator: Client, anyone: Client, inside: Inside
) -> None:
    anyone.get("/")
    assert administrator.post(PAGE + "apparence/", CHOICES)["Location"] == PAGE
    assert looks(cast) == ("#1f5fa8", "bend", "tower", "coast")
    assert accent_theme("#1f5fa8").dark in anyone.get("/theme.css").content.decode()
    assert accent_theme("#1f5fa8").light in anyone.get("/icone.svg").content.decode()
    assert anyone.get("/manifest.webmanifest").json()["theme_color"] == "#1f5fa8"
    with inside():
        assert Entry.objects.get().verb == "space.appearance_set"


def test_looking_keeps_nothing(cast: Cast, administrator: Client, inside: Inside) -> None:
    before = looks(cast)
    page = administrator.post(PAGE + "apparence/", {**CHOICES, "apercu": "1"}).content.decode()
    assert "Aperçu en clair" in page
    assert accent_theme("#1f5fa8").light in page
    assert looks(cast) == before
    with inside():
        assert not Entry.objects.exists()


def test_the_script_reads_the_same_preview(administrator: Client) -> None:
    drawn = administrator.get(PAGE + "apercu/", CHOICES).content.decode()
    assert "<html" not in drawn
    assert accent_theme("#1f5fa8").light in drawn
    assert accent_theme("#1f5fa8").dark in drawn
    assert administrator.get(PAGE + "apercu/", {**CHOICES, "tint": "red"}).status_code == 422


def test_somebody_who_only_moves_the_free_colour_means_it(cast: Cast, administrator: Client) -> None:
    administrator.post(PAGE + "apparence/", {**CHOICES, "tint": cast.aubin.space.accent, "accent": "#ABCDEF"})
    assert cast.aubin.space.accent == "#abcdef"
    page = administrator.get(PAGE).content.decode()
    assert 'value="other" class' in page or 'value="other" ' in page
    assert 'value="#abcdef"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"arms_pattern": "lozenge"},
        {"arms_figure": ""},
        {"landscape": "moon"},
        {"tint": "other", "accent": "rouge"},
        {"tint": "other", "accent": "#0f6b5c;}"},
        {"tint": "other", "accent": "#0f6b5c\n"},
        {"tint": "#123456"},
    ],
)
def test_what_is_no_choice_is_refused(wrong: dict[str, str], cast: Cast, administrator: Client) -> None:
    before = looks(cast)
    answer = administrator.post(PAGE + "apparence/", {**CHOICES, **wrong})
    assert answer.status_code == 422
    assert "À corriger avant de continuer" in answer.content.decode()
    assert looks(cast) == before


def test_every_kind_of_place_that_the_directory_guesses_can_be_chosen() -> None:
    assert {str(kind) for kind in Kind} == set(KINDS)


def test_every_proposed_colour_is_readable_as_it_is() -> None:
    for accent, _name in ACCENTS:
        assert accent_theme(accent).light == accent


def test_the_pages_style_is_kept_until_something_changes(cast: Cast, administrator: Client, anyone: Client) -> None:
    version = cast.aubin.space.version
    assert "immutable" in anyone.get("/theme.css", {"v": version})["Cache-Control"]
    assert "immutable" not in anyone.get("/theme.css", {"v": version + 1})["Cache-Control"]
    assert f"/theme.css?v={version}" in anyone.get("/").content.decode()
    administrator.post(PAGE + "apparence/", CHOICES)
    assert f"/theme.css?v={version + 1}" in anyone.get("/").content.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a", "Écrivez de 3 à 40 lettres"),
        ("saint aubin", "Écrivez de 3 à 40 lettres"),
        ("saint_aubin", "Écrivez de 3 à 40 lettres"),
        ("x" * 64, "À corriger avant de continuer"),
        ("console", "Ce nom est réservé à la plateforme."),
        ("mairie", "Ce nom est réservé à la plateforme."),
        ("belleville", "Ce nom est celui d’une autre commune"),
        ("bellevile", "Ce nom est celui d’une autre commune"),
        ("mairie-belleville", "Ce nom est celui d’une autre commune"),
    ],
)
def test_a_name_that_is_wrong_reserved_or_anothers_is_refused_beside_the_field(
    name: str, said: str, cast: Cast, administrator: Client
) -> None:
    answer = administrator.post(PAGE + "adresse/", {"name": name})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'id="id_name-error"' in page
    assert f'value="{name}"' in page
    assert cast.aubin.space.custom_name is None


def test_a_name_another_space_took_is_refused(cast: Cast, administrator: Client) -> None:
    Space.objects.filter(pk=cast.belleville.space.pk).update(custom_name="beaujolais-nord")
    assert administrator.post(PAGE + "adresse/", {"name": "beaujolais-nord"}).status_code == 422


def test_a_new_name_answers_the_old_one_leads_to_it_and_the_administrator_follows(
    cast: Cast, administrator: Client, client_on: On
) -> None:
    answer = administrator.post(PAGE + "adresse/", {"name": " Saint-Aubin-Ville "})
    assert answer["Location"].startswith("https://saint-aubin-ville.beffroi.test/arrivee/?jeton=")
    old = client_on(cast.aubin.host).get("/actualites/?page=2")
    assert (old.status_code, old["Location"]) == (301, "https://saint-aubin-ville.beffroi.test/actualites/?page=2")
    assert old["Cache-Control"] == "max-age=600"
    new = client_on("saint-aubin-ville.beffroi.test")
    assert new.get("/").status_code == 200
    token = answer["Location"].rpartition("=")[2]
    assert new.post("/arrivee/", {"jeton": token})["Location"] == "/mairie/"
    assert new.get(PAGE).status_code == 200


def test_an_empty_name_gives_the_first_address_back(cast: Cast, client_of: Of) -> None:
    Space.objects.filter(pk=cast.aubin.space.pk).update(custom_name="saint-aubin-ville")
    browser = client_of(cast.aubin.administrator, "saint-aubin-ville.beffroi.test")
    answer = browser.post(PAGE + "adresse/", {"name": ""})
    assert answer["Location"].startswith("https://aubin.beffroi.test/arrivee/")
    assert cast.aubin.space.custom_name is None


def test_a_name_that_changes_nothing_stays_on_the_page(administrator: Client) -> None:
    assert administrator.post(PAGE + "adresse/", {"name": "aubin"})["Location"] == PAGE


def test_options_are_those_of_the_manifest_and_are_kept(cast: Cast, administrator: Client, inside: Inside) -> None:
    page = administrator.get(PAGE).content.decode()
    assert "Nombre d’actualités sur l’accueil" in page
    answer = administrator.post(PAGE + "options/news/", {"news-home_items": "5"})
    assert answer["Location"] == f"{PAGE}#news"
    row = ModuleOptions.objects.get(space=cast.aubin.space, module="news")
    assert row.values == {"home_items": 5, "show_author": False}
    assert row.author == cast.aubin.administrator.email
    with inside():
        assert Entry.objects.get().target == "news"


@pytest.mark.parametrize("count", ["2", "11", "beaucoup", "", "3.5", "9" * 30])
def test_an_option_out_of_its_bounds_is_refused_beside_its_field(count: str, cast: Cast, administrator: Client) -> None:
    answer = administrator.post(PAGE + "options/news/", {"news-home_items": count})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_news-home_items-error"' in page
    assert not ModuleOptions.objects.filter(space=cast.aubin.space).exists()


def test_options_of_a_module_that_is_off_unknown_or_without_any_are_not_found(
    cast: Cast, administrator: Client
) -> None:
    for slug in ("unknown", "presentation"):
        assert administrator.post(f"{PAGE}options/{slug}/", {}).status_code == 404
    switch_off(cast.aubin.space, "news", author="test")
    assert administrator.post(PAGE + "options/news/", {"news-home_items": "5"}).status_code == 404
    assert "Nombre d’actualités" not in administrator.get(PAGE).content.decode()
