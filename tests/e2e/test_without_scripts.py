"""The mairie's and the residents' journeys where a browser runs no script."""

import pytest
from playwright.sync_api import Page

from deploy.local.address import Address
from deploy.local.letters import Letters
from deploy.local.visitor import Visitor
from tests.e2e.conftest import PHONE, PLACE, At, Window
from tests.e2e.steps import code_of_now, sign_in

pytestmark = pytest.mark.browser

NEWCOMER = "sans-script@exemple.fr"


def test_a_commune_is_searched_and_its_space_reached(site: Address, window: Window) -> None:
    page = window(PHONE, java_script=False)
    page.goto(site.url())
    page.get_by_role("searchbox").fill("sainte-colombe 05")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("main").get_by_role("link", name="Sainte-Colombe").first.click()
    page.wait_for_url(site.url(PLACE))


def test_somebody_signs_in_by_code_then_with_a_second_factor(site: Address, window: Window) -> None:
    page = window(PHONE, java_script=False)
    sign_in(page, site, NEWCOMER, PLACE)
    page.goto(site.url(PLACE, "/compte/securite/"))
    page.get_by_role("link", name="Ajouter une application de codes").click()
    page.get_by_label("code").fill("000000")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("heading", name="À corriger avant de continuer").wait_for()
    page.get_by_label("code").fill(code_of_now(page))
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("heading", name="Codes de secours").wait_for()
    rescue = page.get_by_role("main").get_by_role("listitem").first.inner_text()

    page.goto(site.url(PLACE, "/compte/"))
    page.get_by_role("button", name="Se déconnecter", exact=True).first.click()
    _asks_for_a_code(page, site)
    page.get_by_role("heading", name="Une dernière vérification").wait_for()
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("heading", name="À corriger avant de continuer").wait_for()
    page.get_by_role("textbox").fill(rescue)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("link", name="Mon compte").first.wait_for()


def _asks_for_a_code(page: Page, site: Address) -> None:
    letters = Letters(Visitor(site), NEWCOMER)
    page.goto(site.url(PLACE, "/connexion/"))
    page.get_by_label("Votre adresse e-mail").fill(NEWCOMER)
    page.get_by_role("button", name="Recevoir le code").click()
    page.get_by_label("Le code à six chiffres").fill(letters.code())
    page.get_by_role("button", name="Entrer").click()


def test_a_colleague_is_invited(at: At) -> None:
    page = at("administrator", "/mairie/habitants/inviter/", java_script=False)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    page.get_by_role("heading", name="À corriger avant de continuer").wait_for()
    page.get_by_label("Son adresse e-mail").fill("sans-script@aubin.example")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    page.get_by_text("reçoit une invitation par e-mail").wait_for()


def test_a_department_and_its_hours_are_described(at: At) -> None:
    page = at("administrator", "/mairie/services/nouveau/", java_script=False)
    page.get_by_label("Nom du service").fill("Piscine")
    page.get_by_label("mercredi, ouvre à").first.fill("14:00")
    page.get_by_label("mercredi, ferme à").first.fill("18:00")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Le service est enregistré.").wait_for()


def test_a_letter_is_asked_for_and_the_request_taken_back(at: At) -> None:
    page = at("resident-n0", "/compte/niveau/", java_script=False)
    page.get_by_label("Votre nom, comme sur la boîte aux lettres").fill("Habitant (personne fictive)")
    page.get_by_label("Votre adresse postale").fill("1 rue de la Mairie")
    page.get_by_role("button", name="Demander le courrier").click()
    page.get_by_text("la mairie va vous poster un code").wait_for()
    page.get_by_role("button", name="Annuler ma demande").click()
    page.get_by_text("Votre demande est annulée").wait_for()
