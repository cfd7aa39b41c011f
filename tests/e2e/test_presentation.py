"""What the commune says of itself, from the desk where it is put together to the page that residents read."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
At = Callable[..., Page]

DESK = "/mairie/commune/"
READER = "resident-n0"
OPENING = re.compile("^(Ouvert|Fermé)")


def add(page: Page, kind: str, **typed: str) -> None:
    page.get_by_role("link", name=kind, exact=True).click()
    for label, text in typed.items():
        page.get_by_label(re.compile(f"^{label}")).first.fill(text)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_role("heading", name="Les blocs de la page")).to_be_visible()


def parts(page: Page) -> list[str]:
    return page.locator("main").locator("blockquote, caption, .timeline h3").all_inner_texts()


def test_a_page_is_put_together_put_online_and_read(at: At) -> None:
    page = at("editor", f"{DESK}pages/nouvelle/")
    page.get_by_label("Titre").first.fill("La salle des fêtes")
    page.get_by_role("button", name="Commencer la page").click()
    add(page, "Tableau", Légende="Tarifs", Tableau="Salle | Habitants\nGrande | 120 €")
    add(page, "Chronologie", Date="1932", Événement="La première pierre")
    add(page, "Citation", Citation="On y danse encore.")
    page.get_by_role("button", name="Monter Citation 3").click()
    page.get_by_role("button", name="Retirer Chronologie").click()
    expect(page.get_by_text("Bloc retiré : Chronologie.")).to_be_visible()
    page.get_by_role("button", name="Annuler Chronologie").click()

    reader = at(READER, "/commune/la-salle-des-fetes/")
    expect(reader.get_by_role("heading", level=1)).not_to_have_text("La salle des fêtes")
    page.get_by_role("button", name="Mettre en ligne").click()
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("La salle des fêtes")
    assert parts(reader) == ["Tarifs", "On y danse encore.", "La première pierre"]
    expect(reader.get_by_role("rowheader", name="Grande")).to_be_visible()
    reader.get_by_role("link", name="La commune").first.click()
    reader.get_by_role("link", name="La salle des fêtes").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("La salle des fêtes")


def test_team_links_and_hours_are_typed_at_the_mairie_and_read_on_the_page_of_the_commune(at: At) -> None:
    page = at("editor", f"{DESK}equipe/membres/nouveau/")
    page.get_by_label("Prénom").fill("Ysaline")
    page.get_by_label("Nom", exact=True).fill("(personne fictive)")
    page.get_by_label("Fonction").fill("Troisième adjointe")
    page.get_by_label("Délégations").fill("Fêtes, lavoir")
    page.get_by_role("button", name="Enregistrer et mettre en ligne").click()
    page.goto(page.url.split(DESK)[0] + f"{DESK}liens/utiles/nouveau/")
    page.get_by_label("Intitulé").fill("Le parc voisin")
    page.get_by_label("Adresse web").fill("javascript:alert(1)")
    page.get_by_role("button", name="Enregistrer et mettre en ligne").click()
    expect(page.get_by_text("Écrivez une adresse web").first).to_be_visible()
    expect(page.get_by_label("Intitulé")).to_have_value("Le parc voisin")
    page.get_by_label("Adresse web").fill("parc.example/visites")
    page.get_by_role("button", name="Enregistrer et mettre en ligne").click()

    reader = at(READER, "/commune/")
    link = reader.get_by_role("link", name="Le parc voisin")
    expect(link).to_have_attribute("href", "https://parc.example/visites")
    services = reader.get_by_role("region", name="La mairie", exact=True)
    expect(services.get_by_text(OPENING).first).to_be_visible()
    reader.get_by_role("link", name="Voir l’équipe").click()
    person = reader.get_by_role("listitem").filter(has_text="Ysaline")
    expect(person).to_contain_text("Troisième adjointe")
    expect(person).to_contain_text("Fêtes, lavoir")
