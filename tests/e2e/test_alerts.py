"""A danger, with one thumb: from the tile of the event to the banner of every page, and to its end."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

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
