"""Somebody without an account finds a commune, is quoted and orders; the operator accepts; the mairie has its invoice.

On a phone: by purchase order, and by the signed quote where no script runs.
"""

import os
import random
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from deploy.local import acts
from deploy.local.address import Address
from deploy.local.chance import Found, unopened
from deploy.local.letters import Letters
from deploy.local.visitor import Visitor
from tenants.directory.source import communes
from tests.e2e.conftest import DESK, PHONE, Window
from tests.e2e.steps import sign_in, sign_in_as_operator

pytestmark = pytest.mark.browser

SECRET = re.compile(r"https?://\S+/devis/[0-9a-f-]{36}/")
WRONG_KEY = "73282932000075"


@dataclass(frozen=True)
class Commune:
    """One whose mairie opened its space and bought nothing."""

    found: Found
    siret: str

    @property
    def asker(self) -> str:
        return f"devis@{self.found.slug}.example"


@pytest.fixture
def commune(site: Address) -> Commune:
    """Drawn at random; SEED draws the same one again."""
    from billing.papers import siret_of_siren  # here: Django is set up by then

    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    visitor = Visitor(site)
    found = unopened(visitor, seed)
    print(f"SEED={seed} draws {found}")  # noqa: T201 - shown with a failure
    page, letters = acts.sign(visitor, acts.answer_questions(visitor, found))
    acts.arrive(visitor, acts.type_code(visitor, page, letters), found)
    siren = next(row.siren for row in communes() if row.insee == found.insee)
    return Commune(found, siret_of_siren(siren or "732829320"))


def cents(place: Locator) -> str:
    return place.locator("data").first.get_attribute("value") or ""


def choose(page: Page, site: Address, commune: Commune, *, script: bool) -> str:
    """Find the commune, take one module more for twelve months; give the price that followed."""
    page.goto(site.url(path="/devis/"))
    page.get_by_role("searchbox").fill(f"{commune.found.name} {commune.found.departement}")
    page.get_by_role("button", name="Chercher").click()
    page.locator(f'main a[href="/devis/commune/{commune.found.insee}/"]').click()
    due = page.locator("section", has=page.get_by_role("heading", name="Votre prix"))
    before = cents(due.locator(".sums"))
    page.get_by_role("checkbox", name=re.compile("Alertes")).check()
    page.get_by_label("Douze mois").check()
    if not script:
        page.get_by_role("button", name="Mettre le prix à jour").click()
    expect(due.get_by_text("à partir du jour où nous acceptons")).to_be_visible()
    expect(due.locator("dt", has_text="Alertes")).to_be_visible()
    after = cents(due.locator(".sums"))
    assert int(after) > int(before)
    return after


def ask(page: Page, site: Address, commune: Commune) -> None:
    """Ask for the quote, first without saying who; then open the page that its e-mail links to, from the mailbox."""
    page.get_by_role("button", name="Recevoir le devis").click()
    expect(page.locator(".field", has_text="Votre fonction").get_by_text("Écrivez votre fonction.")).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("Alertes"))).to_be_checked()
    page.get_by_label("Votre prénom et votre nom").fill("Ysaline Exemple")
    page.get_by_label("Votre fonction").fill("Maire")
    page.get_by_label("Votre adresse e-mail").fill(commune.asker)
    letters = Letters(Visitor(site), commune.asker)
    page.get_by_role("button", name="Recevoir le devis").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Devis DEV-")
    address = letters.next(SECRET, "the quote's address")[0]
    assert page.url == address
    page.goto(f"{site.mailbox_url}?to={commune.asker}")
    page.get_by_role("main").get_by_role("listitem").first.get_by_role("link").first.click()
    page.get_by_role("link", name=address).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Devis DEV-")


def downloaded(page: Page, name: str | re.Pattern[str], folder: Path) -> Path:
    with page.expect_download() as got:
        page.get_by_role("link", name=name).first.click()
    kept = folder / got.value.suggested_filename
    got.value.save_as(kept)
    assert kept.read_bytes().startswith(b"%PDF-")
    return kept


def refused(page: Page, label: str, sentence: str) -> None:
    """The sentence is at its field, and in the list above that leads there."""
    expect(page.locator(".field", has=page.get_by_label(label, exact=True)).get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("alert").get_by_role("link", name=label)).to_be_visible()


def order(page: Page, commune: Commune, signed: Path | None) -> str:
    """Order with a wrong key and a paper missing, then as it should be; give the order's number."""
    page.get_by_role("link", name="Commander ce devis").click()
    page.get_by_label("Avec le devis signé, en PDF" if signed else "Avec un bon de commande").check()
    page.get_by_label("Numéro SIRET").fill(WRONG_KEY)
    page.get_by_label("Numéro d’engagement").fill("E26-0412")
    page.get_by_label("Au début de chaque période").check()
    page.get_by_role("button", name="Commander", exact=True).click()
    refused(page, "Numéro SIRET", "sa clé de contrôle est fausse")
    if signed:
        refused(page, "Le devis signé", "Choisissez le PDF du devis signé.")
    else:
        refused(page, "Numéro du bon de commande", "Écrivez le numéro du bon de commande.")
    expect(page.get_by_label("Numéro SIRET")).to_have_value(WRONG_KEY)
    expect(page.get_by_label("Numéro d’engagement")).to_have_value("E26-0412")
    expect(page.get_by_label("Au début de chaque période")).to_be_checked()
    page.get_by_label("Numéro SIRET").fill(commune.siret)
    if signed:
        page.get_by_label("Le devis signé", exact=True).set_input_files(signed)
    else:
        page.get_by_label("Numéro du bon de commande").fill("BC-2026-17")
    page.get_by_role("button", name="Commander", exact=True).click()
    told = page.get_by_role("heading", name=re.compile("La commande CMD-.* a été reçue"))
    expect(told).to_be_visible()
    number = re.search(r"CMD-\d{4}-\d+", told.inner_text())
    assert number
    return number[0]


def accept(page: Page, site: Address, commune: Commune, number: str, folder: Path, *, signed: bool) -> None:
    """The mandate too: nothing is asked of a commune before its space is open to the public."""
    sign_in_as_operator(page, site)
    page.goto(site.url("console", f"/communes/{commune.found.insee}/"))
    page.locator("main a[href^='/mandats/']").first.click()
    page.get_by_role("button", name="Accepter le mandat").click()
    page.get_by_role("heading", name="Mandat accepté").wait_for()
    page.goto(site.url("console", "/commandes/"))
    page.get_by_role("link", name=f"Lire {number}").click()
    if signed:
        downloaded(page, "Le devis signé", folder)
    else:
        expect(page.get_by_text("Bon de commande BC-2026-17")).to_be_visible()
    page.get_by_role("button", name="Accepter la commande").click()
    expect(page.get_by_text("La commande est acceptée.")).to_be_visible()


def read_the_invoice(page: Page, site: Address, commune: Commune, net: str, folder: Path) -> None:
    sign_in(page, site, f"mairie@{commune.found.slug}.example", commune.found.slug)
    page.goto(site.url(commune.found.slug, "/mairie/abonnement/"))
    expect(page.get_by_text("Abonnement actif jusqu’au")).to_be_visible()
    cost = page.locator("div", has=page.locator("dt", has_text="Total hors taxes")).last
    assert cents(cost) == net
    expect(page.get_by_text(re.compile("Facture FAC-"))).to_be_visible()
    page.goto(site.url(commune.found.slug, "/mairie/abonnement/documents/?genre=factures"))
    assert b"factur-x.xml" in downloaded(page, re.compile("Télécharger"), folder).read_bytes()


@pytest.mark.parametrize(("signed", "script"), [(False, True), (True, False)])
def test_a_quote_is_asked_for_and_ordered_without_an_account(
    site: Address, window: Window, commune: Commune, tmp_path: Path, signed: bool, script: bool
) -> None:
    page, operator, mairie = window(PHONE, java_script=script), window(DESK), window(DESK)
    net = choose(page, site, commune, script=script)
    ask(page, site, commune)
    secret = page.url
    assert cents(page.locator(".sums")) == net
    paper = downloaded(page, "Le devis (PDF)", tmp_path)
    downloaded(page, "Le projet de délibération (PDF)", tmp_path)
    number = order(page, commune, paper if signed else None)

    letters = Letters(Visitor(site), commune.asker)
    accept(operator, site, commune, number, tmp_path, signed=signed)
    letters.next(re.compile(f"Commande {number}\\s: acceptée"), "the acceptance")
    page.goto(secret)
    expect(page.get_by_role("heading", name=f"La commande {number} a été acceptée")).to_be_visible()
    downloaded(page, "La confirmation de commande (PDF)", tmp_path)
    read_the_invoice(mairie, site, commune, net, tmp_path)
