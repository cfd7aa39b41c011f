"""Each journey by keyboard alone: every stop of the focus is seen, errors are met where they are, nothing traps."""

from typing import Any

import pytest
from playwright.sync_api import Page

from deploy.local.address import Address
from deploy.local.letters import Letters
from deploy.local.visitor import Visitor
from tests.e2e.conftest import DESK, PLACE, At, Window
from tests.e2e.steps import UNSEEN_FOCUS, choose, code_of_now, press, tab_to, type_in

pytestmark = pytest.mark.browser

READER = f"bibliotheque@{PLACE}.example"
STOPS = 200
TABBABLE = """() => { document.activeElement.dataset.met = 1; return document.activeElement === document.body }"""
UNMET = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter(each => each.checkVisibility() && !each.disabled && each.type !== "hidden" && each.tabIndex >= 0
    && each.type !== "radio" && !each.dataset.met)
  .map(each => each.outerHTML.slice(0, 100))"""


def focused(page: Page, what: str) -> Any:
    return page.evaluate(f"document.activeElement.{what}")


def refused(page: Page, field: str) -> None:
    """The page came back with errors: the summary has the focus, and leads to the field, which says it too."""
    page.get_by_role("heading", name="À corriger avant de continuer").wait_for()
    assert focused(page, "className") == "summary"
    tab_to(page, page.locator(".summary a").first)
    page.keyboard.press("Enter")
    assert focused(page, "id") == field
    assert focused(page, "getAttribute('aria-invalid')") == "true"
    described = str(focused(page, "getAttribute('aria-describedby')"))
    assert page.locator(f"#{field}-error").is_visible()
    assert f"{field}-error" in described


def test_signing_in_by_code_and_reading_the_news(site: Address, window: Window) -> None:
    page, letters = window(DESK), Letters(Visitor(site), READER)
    page.goto(site.url(PLACE))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page, "id") == "contenu"
    press(page, page.get_by_role("link", name="Se connecter").first)
    press(page, page.get_by_role("button", name="Recevoir le code"))
    refused(page, "id_email")
    page.keyboard.type(READER)
    press(page, page.get_by_role("button", name="Recevoir le code"))
    type_in(page, "Le code à six chiffres", letters.code())
    press(page, page.get_by_role("button", name="Entrer"))
    page.get_by_role("link", name="Mon compte").first.wait_for()
    page.goto(site.url(PLACE, "/actualites/"))
    press(page, page.locator(".rows a").first)
    page.get_by_role("heading", level=1).wait_for()


def test_searching_a_commune_with_the_arrows(site: Address, window: Window) -> None:
    page = window(DESK)
    page.goto(site.url())
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("gap")
    page.locator(".suggestions a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert focused(page, "closest('.suggestions') !== null")
    assert page.evaluate(UNSEEN_FOCUS) == ""
    page.keyboard.press("Escape")
    assert focused(page, "type") == "search"
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_describing_a_department_and_its_hours(at: At) -> None:
    page = at("administrator", "/mairie/services/nouveau/")
    press(page, page.get_by_role("button", name="Enregistrer"))
    refused(page, "id_name")
    page.keyboard.type("Bibliothèque")
    # The letter answers a browser that counts twelve hours; one that counts twenty-four ignores it.
    for label, hour in (("mardi, ouvre à", "0900a"), ("mardi, ferme à", "1200p")):
        tab_to(page, page.get_by_label(label).first)
        page.keyboard.type(hour)
    press(page, page.get_by_role("button", name="Enregistrer"))
    page.get_by_text("Le service est enregistré.").wait_for()
    press(page, page.get_by_role("link", name="Bibliothèque"))
    assert page.get_by_label("mardi, ouvre à").first.input_value() == "09:00"


def test_inviting_a_colleague(at: At) -> None:
    page = at("administrator", "/mairie/habitants/inviter/")
    press(page, page.get_by_role("button", name="Envoyer l’invitation"))
    refused(page, "id_email")
    page.keyboard.type("elue@aubin.example")
    choose(page, "Service : écrire pour son service, sans publier")
    press(page, page.get_by_role("button", name="Envoyer l’invitation"))
    page.get_by_text("reçoit une invitation par e-mail").wait_for()
    page.goto(page.url.partition("/mairie/")[0] + "/mairie/habitants/")
    assert "Service" in page.locator(".row", has_text="elue@aubin.example").inner_text()


def test_asking_for_a_letter_and_typing_its_code(at: At) -> None:
    page = at("resident-n1", "/compte/niveau/")
    press(page, page.get_by_role("button", name="Demander le courrier"))
    page.get_by_role("heading", name="À corriger avant de continuer").wait_for()
    assert focused(page, "className") == "summary"
    type_in(page, "Votre nom, comme sur la boîte aux lettres", "Habitant (personne fictive)")
    type_in(page, "Votre adresse postale", "1 rue de la Mairie")
    press(page, page.get_by_role("button", name="Demander le courrier"))
    page.get_by_text("la mairie va vous poster un code").wait_for()

    office = at("administrator", "/mairie/courriers/")
    press(office, office.get_by_role("button", name="Imprimer le courrier de Habitant (personne fictive)"))
    code = office.locator(".secret").inner_text()
    press(office, office.get_by_role("link", name="Tous les courriers"))
    press(office, office.get_by_role("button", name="C’est posté pour Habitant (personne fictive)"))
    office.get_by_text("ce courrier est posté").wait_for()

    press(page, page.get_by_role("button", name="Vérifier"))
    refused(page, "id_code")
    page.keyboard.type(code)
    press(page, page.get_by_role("button", name="Vérifier"))
    page.get_by_text("votre domicile est vérifié").wait_for()


def test_being_verified_at_the_counter(at: At) -> None:
    page = at("administrator", "/mairie/habitants/")
    press(page, page.get_by_role("link", name="Resident"))
    tab_to(page, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Vérifié au guichet"))
    page.get_by_text("la vérification au guichet est enregistrée").wait_for()


def test_adding_an_application_of_codes(at: At) -> None:
    page = at("observer", "/compte/securite/")
    press(page, page.get_by_role("link", name="Ajouter une application de codes"))
    press(page, page.get_by_role("button", name="Ajouter", exact=True))
    refused(page, "id_code")
    page.keyboard.type(code_of_now(page))
    press(page, page.get_by_role("button", name="Ajouter", exact=True))
    page.get_by_role("heading", name="Codes de secours").wait_for()


@pytest.mark.parametrize(
    "path", ["/", "/mairie/", "/mairie/services/nouveau/", "/mairie/territoire/", "/mairie/reglages/"]
)
def test_the_tab_key_meets_everything_and_leaves_the_page(at: At, path: str) -> None:
    page = at("administrator", path)
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        unseen = page.evaluate(UNSEEN_FOCUS)
        assert not unseen, f"{path}: the focus is not seen on {unseen}"
        if page.evaluate(TABBABLE):
            break
    else:
        raise AssertionError(f"{path}: the focus never leaves")
    assert page.evaluate(UNMET) == []
