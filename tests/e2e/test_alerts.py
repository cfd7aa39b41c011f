"""A danger, with one thumb: from the tile of the event to the banner of every page, and to its end."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from deploy.local.address import Address
from tests.e2e.conftest import PATIENCE, PHONE, PLACE, Window
from tests.e2e.steps import sign_in

pytestmark = pytest.mark.browser
At = Callable[..., Page]


def test_an_alert_is_sent_in_three_taps_read_everywhere_and_lifted(at: At) -> None:
    mairie, resident = at("administrator", "/mairie/alertes/nouvelle/"), at("resident-n0", "/commune/")
    banner = resident.get_by_role("region", name="Alertes en cours")
    expect(banner.get_by_text("Montez à l’étage")).to_be_hidden()
    mairie.get_by_role("link", name="Inondation").click()
    mairie.get_by_role("button", name="Vérifier avant d’envoyer").click()
    expect(mairie.get_by_text("pas encore envoyée").first).to_be_visible()
    mairie.get_by_role("button", name="Envoyer l’alerte").click()
    expect(mairie.get_by_text("En cours").first).to_be_visible()
    resident.reload()
    expect(banner.get_by_text("Montez à l’étage")).to_be_visible()
    banner.get_by_role("link", name="Voir les consignes").first.click()
    expect(resident.get_by_role("heading", name="L’eau monte rapidement")).to_be_visible()
    mairie.get_by_role("link", name="Lever l’alerte").click()
    mairie.get_by_role("button", name="Dire la fin d’alerte").click()
    expect(mairie.get_by_text("Levée", exact=True).first).to_be_visible()
    resident.reload()
    expect(banner.get_by_text("Montez à l’étage")).to_be_hidden()
    expect(resident.get_by_text("Fin d’alerte").first).to_be_visible()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(at: At) -> None:
    page = at("administrator", "/mairie/alertes/nouvelle/water_cut/")
    page.get_by_label("Ce qui se passe").fill("")
    page.get_by_label("Ce qu’il faut faire").fill("Gardez de l’eau de côté, jusqu’à demain.")
    page.get_by_role("button", name="Vérifier avant d’envoyer").click()
    expect(page.get_by_label("Ce qui se passe")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Ce qu’il faut faire")).to_have_value("Gardez de l’eau de côté, jusqu’à demain.")


def test_a_point_touched_on_the_map_is_where_it_holds_and_who_is_told_is_counted(at: At) -> None:
    page = at("administrator", "/mairie/alertes/nouvelle/fire/")
    told = page.get_by_role("region", name="Seront prévenus")
    expect(told.get_by_role("status")).not_to_be_empty()
    page.get_by_text("Autour d’un point, ou une zone à dessiner").click()
    canvas = page.get_by_role("application", name="Carte où marquer un point ou dessiner une zone")
    expect(canvas).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/combien/")):
        canvas.click()
    expect(page.get_by_label("Points de la zone")).to_have_value(re.compile(r"^\d+\.\d+, \d+\.\d+$"))
    page.get_by_label("Rayon autour d’un seul point").select_option("200")
    page.get_by_role("button", name="Vérifier avant d’envoyer").click()
    expect(page.get_by_role("heading", name="200 m autour du point marqué sur la carte")).to_be_visible()
    expect(page.get_by_role("img", name="Carte de la commune, avec le lieu de l’alerte")).to_be_visible()


def test_without_a_network_it_says_so_keeps_the_text_and_leaves_when_it_can(at: At) -> None:
    page = at("administrator", "/mairie/alertes/nouvelle/snow/")
    unsent = page.get_by_text("Pas encore envoyée.")
    page.get_by_label("Ce qui se passe").fill("Verglas au col")
    page.context.set_offline(True)
    page.get_by_role("button", name="Vérifier avant d’envoyer").click()
    expect(unsent).to_be_visible()
    expect(page.get_by_label("Ce qui se passe")).to_have_value("Verglas au col")
    page.context.set_offline(False)
    arrives(page, page.get_by_role("heading", name="Vérifier l’alerte"))
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer l’alerte").click()
    expect(unsent).to_be_visible()
    page.get_by_role("button", name="Ne plus essayer").click()
    expect(unsent).to_be_hidden()
    page.get_by_role("button", name="Envoyer l’alerte").click()
    page.context.set_offline(False)
    arrives(page, page.get_by_role("link", name="Lever l’alerte"))


def arrives(page: Page, target: Locator) -> None:
    """The form left; the browser may give its worker the network back a moment later than its page."""
    again = page.get_by_role("main").get_by_role("link", name="Réessayer")
    expect(target.or_(again)).to_be_visible(timeout=PATIENCE)
    if again.is_visible():
        again.click()
    expect(target).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("java_script", [True, False])
def test_an_update_is_looked_over_corrected_and_sent(at: At, java_script: bool) -> None:
    page = at("administrator", "/mairie/alertes/nouvelle/road/", java_script=java_script)
    page.get_by_role("button", name="Vérifier avant d’envoyer").click()
    page.get_by_role("button", name="Envoyer l’alerte").click()
    page.get_by_role("link", name="Mettre à jour").click()
    page.get_by_label("Ce qui se passe").fill("Route rouverte dans un sens")
    page.get_by_role("button", name="Vérifier avant d’envoyer").click()
    page.get_by_role("button", name="Corriger").click()
    expect(page.get_by_label("Ce qui se passe")).to_have_value("Route rouverte dans un sens")
    page.get_by_role("button", name="Vérifier avant d’envoyer").click()
    expect(page.get_by_text("pas encore envoyée", exact=True)).to_be_visible()
    page.get_by_role("button", name="Envoyer la mise à jour").click()
    expect(page.get_by_role("heading", name="Route rouverte dans un sens")).to_be_visible()


def test_a_trusted_telephone_alerts_from_its_icon_without_signing_in(site: Address, window: Window) -> None:
    page = window(PHONE)
    sign_in(page, site, f"secretaire@{PLACE}.example", PLACE)
    page.goto(site.url(PLACE, "/mairie/alertes/appareil/"))
    page.get_by_role("button", name="Faire confiance à cet appareil").click()
    expect(page.get_by_text("Cet appareil est de confiance.")).to_be_visible()
    manifest = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then(found => found.json())")
    page.context.clear_cookies(name="session")
    page.goto(site.url(PLACE, manifest["start_url"]))
    page.get_by_role("link", name="Eau coupée").click()
    page.get_by_label("C’est un exercice").check()
    page.get_by_role("button", name="Vérifier avant d’envoyer").click()
    page.get_by_role("button", name="Envoyer l’exercice").click()
    expect(page.get_by_role("link", name="Lever l’alerte")).to_be_visible()
    page.get_by_role("link", name="Lever l’alerte").click()
    page.get_by_role("button", name="Dire la fin d’alerte").click()
    expect(page.get_by_text("Levée", exact=True).first).to_be_visible()
    page.goto(site.url(PLACE, "/mairie/"))
    expect(page).to_have_url(re.compile("/connexion/"))
