"""A passkey in Chromium, answered by its virtual authenticator: added, then asked for at the next sign-in."""

import pytest
from playwright.sync_api import Page

from deploy.local.address import Address
from deploy.local.letters import Letters
from deploy.local.visitor import Visitor
from tests.e2e.conftest import PLACE, Window
from tests.e2e.steps import sign_in

pytestmark = pytest.mark.browser

# Not the operator, whose codes the other journeys ask for: nobody gets more than a few a minute.
WHO, WHERE = f"bibliotheque@{PLACE}.example", PLACE


def _has_a_passkey(page: Page) -> None:
    """Give the browser an authenticator that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_added_and_then_asked_for(site: Address, window: Window) -> None:
    page = window()
    _has_a_passkey(page)
    sign_in(page, site, WHO, WHERE)
    page.get_by_role("link", name="Mon compte").first.wait_for()
    page.goto(site.url(WHERE, "/compte/securite/"))
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_label("Un nom pour la reconnaître").fill("La clé du bureau")
    page.get_by_role("button", name="Ajouter cette clé").click()
    page.get_by_role("heading", name="Codes de secours").wait_for()
    page.get_by_role("link", name="Sécurité du compte").first.click()
    page.get_by_text("La clé du bureau").first.wait_for()
    page.get_by_role("button", name="Se déconnecter partout").click()
    page.get_by_role("link", name="Se connecter").first.wait_for()
    page.goto(site.url(WHERE, "/connexion/"))

    letters = Letters(Visitor(site), WHO)
    page.get_by_label("Votre adresse e-mail").fill(WHO)
    page.get_by_role("button", name="Recevoir le code").click()
    page.get_by_label("Le code à six chiffres").fill(letters.code())
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("heading", name="Une dernière vérification").wait_for()
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.get_by_role("link", name="Mon compte").first.wait_for()

    page.goto(site.url(WHERE, "/compte/securite/"))
    page.get_by_role("link", name="Retirer La clé du bureau").click()
    page.get_by_role("button", name="Retirer").click()
    page.get_by_text("C’est retiré.").wait_for()
