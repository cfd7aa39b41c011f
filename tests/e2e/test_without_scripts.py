"""The mairie's and the residents' journeys where a browser runs no script."""

import pytest

from tests.e2e.conftest import At

pytestmark = pytest.mark.browser


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
