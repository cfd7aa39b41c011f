"""What a mayor, a councillor and an accountant look for on each paper."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from billing.papers import (
    Covered,
    PaperLine,
    Party,
    Total,
    certificate_pdf,
    deliberation_pdf,
    facturx,
    order_pdf,
    quote_pdf,
    vat_note,
)
from billing.papers.tests.making import COMMUNE, LINES, YEAR, credit_note, erasure, invoice, order, quote, words

EPCI = Party("Communauté de communes du Haut-Pays", "00099999500012", street="1 place du Marché", city="Axat")
MADE: dict[str, Any] = {
    "invoice": lambda **said: facturx(invoice(**said)),
    "credit note": lambda **said: facturx(credit_note(**said)),
    "quote": lambda **said: quote_pdf(quote(**said)),
    "deliberation": lambda **said: deliberation_pdf(quote(**said)),
    "order": lambda **said: order_pdf(order(**said)),
    "certificate": lambda **said: certificate_pdf(erasure(**said)),
}
SAID = {
    "invoice": ["Facture FAC-2027-000012", "31 décembre 2027", "30 janvier 2028", "du 1er janvier au 31 décembre 2027",
                "SIRET 000 123 455 00016", "TVA FR31000123455", "SIRET 210 600 599 00018", "Code service FINANCES",
                "EJ-2027-0042", "BC-12", "DEV-2026-000003", "45,37 €", "−20,00 €", "Total HT 215,37 €",
                "TVA 20 % 43,07 €",
                "258,44 €", "FR76 9999", "DEMOFRPPXXX", "40 €", "huit points", "Pas d’escompte", "RCS de nulle part"],
    "credit note": ["Avoir AV-2028-000001", "facture FAC-2027-000012 du 31 décembre 2027", "Rien à payer", "258,44 €"],
    "quote": ["Devis DEV-2026-000003", "30 novembre 2026", "28 février 2027", "2 144 habitants",
              "SIRET 000 123 455 00016", "TVA FR31000123455", "Quantité", "Prix unitaire HT", "Total HT 215,37 €",
              "Total TTC 258,44 €", "Pas de reconduction tacite", "mandat administratif", "Bon pour accord",
              "beffroi.test/devis/0d3f9a1e"],
    "deliberation": ["Note de présentation", "conseillers municipaux", "Actualités", "258,44 € TTC", "Vu le code",
                     "Considérant", "après en avoir délibéré", "approuve", "DEV-2026-000003", "215,37 € HT",
                     "budget de l’exercice", "chapitre", "Pour .", "Contre .", "Abstentions .", "le Maire"],
    "order": ["CMD-2026-000001", "3 décembre 2026", "Claude Martin, maire", "bon de commande", "BC-12", "258,44 €",
              "sans reconduction tacite"],
    "certificate": ["CER-2027-000001", "06059", "1er avril 2027 à 3 h 12", "20 310", "341 fichiers", "abababab",
                    "Factures : dix ans."],
}  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_a_paper_says_all_that_is_looked_for(name: str) -> None:
    said = words(MADE[name]())
    assert [each for each in SAID[name] if each not in said] == []
    assert "sans valeur" not in said
    assert "démonstration" not in said


@pytest.mark.parametrize("name", MADE)
def test_every_paper_of_the_demo_says_so_on_every_page(name: str) -> None:
    made = MADE[name](demo=True)
    for page in PdfReader(BytesIO(made)).pages:
        assert "démonstration" in page.extract_text()
    assert "Démonstration · sans valeur" in words(made)


@pytest.mark.parametrize("name", MADE)
def test_every_paper_is_for_archives_and_for_screen_readers(name: str) -> None:
    made = MADE[name](demo=True)
    for mark in (b"<pdfaid:part>3", b"<pdfuaid:part>1", b"/MarkInfo", b"/Lang"):
        assert mark in made


def test_forty_lines_keep_their_head_and_their_sum() -> None:
    lines = tuple(PaperLine(f"Module {rank}", "Détail", 1, 100 * rank, 100 * rank, YEAR) for rank in range(1, 41))
    pages = [" ".join(each.extract_text().split()) for each in PdfReader(BytesIO(facturx(invoice(lines=lines)))).pages]
    assert len(pages) > 1
    assert all("Désignation" in each for each in pages if "Module" in each)
    assert "820,00" in pages[-1] or "820,00" in pages[-2]


def test_an_intercommunality_reads_of_its_own_council_and_of_each_commune() -> None:
    communes = tuple(Covered(f"Saint-Jean-{rank}", "11", 100 * rank, "moins de 500") for rank in range(1, 27))
    asked = quote(buyer=EPCI, is_group=True, communes=communes)
    told, voted = words(quote_pdf(asked)), words(deliberation_pdf(asked))
    assert all(each.name in told and each.name in voted for each in communes)
    for said in ("conseil communautaire", "le Président", "L. 5211-1", "conseillers communautaires"):
        assert said in voted
    assert "conseil municipal" not in voted
    assert len(PdfReader(BytesIO(deliberation_pdf(asked))).pages) == 2


def test_communes_with_modules_of_their_own_are_told_with_them() -> None:
    both, one = ("Actualités", "Alertes"), ("Actualités",)
    communes = tuple(
        Covered(f"Saint-Jean-{rank}", "11", 100, "moins de 500", one if rank else both) for rank in range(26)
    )
    asked = quote(buyer=EPCI, is_group=True, communes=communes)
    told, voted = words(quote_pdf(asked)), words(deliberation_pdf(asked))
    assert "moins de 500. Actualités, Alertes" in told and told.count("moins de 500. Actualités") == 26
    assert "Actualités (toutes les communes)" in voted and "Alertes (1 commune sur 26)" in voted
    assert "Actualités, Alertes : Saint-Jean-0." in voted and "Actualités : Saint-Jean-1, Saint-Jean-2" in voted
    assert len(PdfReader(BytesIO(deliberation_pdf(asked))).pages) == 2


def test_nothing_to_pay_asks_for_nothing() -> None:
    said = words(facturx(invoice(lines=(PaperLine("Socle", "Offert", 1, 0, 0),), period=None)))
    assert "Rien à payer" in said
    assert "IBAN" not in said
    assert "40 €" not in said


def test_a_quote_without_a_period_begins_with_the_order() -> None:
    assert "12 mois dès la commande" in words(quote_pdf(quote(period=None)))
    assert "douze mois à compter de la commande" in words(deliberation_pdf(quote(period=None)))


@pytest.mark.parametrize(
    ("departement", "said"), [("973", "Guyane"), ("976", "Mayotte"), ("987", "hors du territoire")]
)
def test_where_no_vat_is_asked_the_reason_is_read(departement: str, said: str) -> None:
    note = vat_note(departement, 0)
    assert said in words(facturx(invoice(vat_rate=0, vat_note=note)))
    assert said in words(quote_pdf(quote(total=Total.of_lines(LINES, 0, note))))
    assert vat_note(departement, 850) == ""


def test_a_period_over_two_years_says_both() -> None:
    period = replace(YEAR, first=date(2026, 7, 1))
    assert "du 1er juillet 2026 au 31 décembre 2027" in words(facturx(invoice(period=period)))


def test_long_words_stay_on_the_page() -> None:
    named = replace(COMMUNE, name="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson " * 3)
    reader = PdfReader(BytesIO(facturx(invoice(engagement="E" * 50, buyer=named))))
    right = float(reader.pages[0].mediabox.right)

    places: list[float] = []
    reader.pages[0].extract_text(visitor_text=lambda text, cm, tm, font, size: places.append(tm[4] + cm[4]))
    assert max(places) < right - 50


@pytest.mark.parametrize("typed", ['#panic("x")', "*gras* $x$ _y_", "@web // /* \\", '<b>&amp;</b> "é"'])
def test_what_people_typed_is_never_read_as_a_template(typed: str) -> None:
    assert typed in words(quote_pdf(quote(buyer=replace(COMMUNE, name=typed))))
