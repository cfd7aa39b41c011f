"""Papers for tests: one that is like those of a commune, and any that may be issued."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pypdfium2
from hypothesis import assume
from hypothesis import strategies as st

from billing.papers import (
    Counted,
    Covered,
    Document,
    ErasurePaper,
    Kind,
    OrderPaper,
    PaperLine,
    Party,
    QuotePaper,
    Total,
    siret_of_siren,
    supplier,
    supplier_bank,
    vat_note,
)
from billing.prices import Period

YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))
COMMUNE = Party(
    "Commune d’Èze",
    siret_of_siren("210600599"),
    street="Avenue du Jardin-Exotique",
    postal_code="06360",
    city="Èze",
    service_code="FINANCES",
    email="mairie@eze.example",
)
LINES = (
    PaperLine("Socle", "De 2 000 à 3 499 habitants", 1, 12000, 12000, YEAR),
    PaperLine("SMS, lot de 500", "", 2, 3500, 7000, YEAR),
    PaperLine("Alertes", "Au prorata", 1, 9000, 4537, Period(date(2027, 7, 1), date(2027, 12, 31))),
    PaperLine("Remise", "", 1, -2000, -2000, YEAR),
)


def invoice(**said: Any) -> Document:
    lines, rate = said.get("lines", LINES), said.get("vat_rate", 2000)
    total = Total.of_lines(lines, rate)
    usual = {
        "kind": Kind.INVOICE,
        "number": "FAC-2027-000012",
        "issued_on": YEAR.last,
        "due_on": date(2028, 1, 30),
        "seller": supplier(),
        "buyer": COMMUNE,
        "lines": lines,
        "vat_rate": rate,
        "vat_note": vat_note("973", rate),
        "net": total.net,
        "vat": total.vat,
        "total": total.total,
        "period": YEAR,
        "engagement": "EJ-2027-0042",
        "order_reference": "BC-12",
        "quote_reference": "DEV-2026-000003",
        "bank": supplier_bank(),
    }
    return Document(**{**usual, **said})


def credit_note(**said: Any) -> Document:
    """Of the whole of an invoice."""
    lines = tuple(replace(each, unit_cents=-each.unit_cents, net=-each.net) for each in said.pop("lines", LINES))
    usual = {"kind": Kind.CREDIT_NOTE, "number": "AV-2028-000001", "cancels": "FAC-2027-000012"}
    return invoice(**{**usual, "cancels_on": YEAR.last, "lines": lines, **said})


def quote(**said: Any) -> QuotePaper:
    lines = said.get("lines", LINES)
    usual = {
        "number": "DEV-2026-000003",
        "issued_on": date(2026, 11, 30),
        "valid_until": date(2027, 2, 28),
        "seller": supplier(),
        "buyer": COMMUNE,
        "is_group": False,
        "communes": (Covered("Èze", "06", 2144, "de 2 000 à 3 499 habitants", ("Actualités", "Alertes")),),
        "lines": lines,
        "total": Total.of_lines(lines, 2000),
        "rhythm": "abonnement annuel",
        "invoicing": "une facture à la fin de la période",
        "period": YEAR,
        "address": "https://beffroi.test/devis/0d3f9a1e/",
    }
    return QuotePaper(**{**usual, **said})


def order(**said: Any) -> OrderPaper:
    usual = {
        "number": "CMD-2026-000001",
        "ordered_on": date(2026, 12, 3),
        "quote_number": "DEV-2026-000003",
        "quote_on": date(2026, 11, 30),
        "seller": supplier(),
        "buyer": COMMUNE,
        "orderer": "Claude Martin",
        "capacity": "maire",
        "means": "bon de commande",
        "communes": (Covered("Èze", "06", 2144, ""),),
        "lines": LINES,
        "total": Total.of_lines(LINES, 2000),
        "period": YEAR,
        "invoicing": "une facture à la fin de la période",
        "order_reference": "BC-12",
    }
    return OrderPaper(**{**usual, **said})


def erasure(**said: Any) -> ErasurePaper:
    usual = {
        "number": "CER-2027-000001",
        "issued_on": date(2027, 4, 1),
        "seller": supplier(),
        "commune": "Èze",
        "insee": "06059",
        "reason": "abonnement terminé",
        "ended_on": date(2026, 12, 31),
        "erased_at": "2027-04-01T03:12:00+02:00",
        "counts": (Counted("Comptes", 4), Counted("Journal", 20310)),
        "files": 341,
        "bytes": 512_000_000,
        "digest": "ab" * 32,
        "kept": ("Factures : dix ans.",),
    }
    return ErasurePaper(**{**usual, **said})


def words(document: bytes) -> str:
    """What is read on its pages, without the cuts of lines and the kinds of spaces."""
    read = pypdfium2.PdfDocument(document)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in read).replace("\ufffe", "-").split())


# -- Any that may be issued
cents = st.integers(0, 10**9)
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf"]), min_size=1, max_size=60
)
labels = texts.filter(lambda text: text.strip() != "")
references = st.just("") | st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=40)
days = st.dates(date(2024, 1, 1), date(2060, 12, 31))


@st.composite
def periods(draw: Any) -> Period:
    first = draw(days)
    return Period(first, first + timedelta(days=draw(st.integers(0, 400))))


@st.composite
def any_line(draw: Any) -> PaperLine:
    """At its price, at a part of it, free, or taken off."""
    quantity, unit = draw(st.integers(1, 500)), draw(cents)
    net = draw(st.sampled_from([quantity * unit, unit // 3, 0, -unit]))
    return PaperLine(draw(labels), draw(st.just("") | texts), quantity, unit, net, draw(st.none() | periods()))


@st.composite
def any_document(draw: Any) -> Document:
    lines = tuple(draw(st.lists(any_line(), min_size=1, max_size=12)))
    assume(sum(each.net for each in lines) >= 0)
    rate = draw(st.sampled_from([0, 850, 2000]))
    party = replace(COMMUNE, name=draw(labels), street=draw(st.just("") | texts), service_code=draw(references),
                    email=draw(st.just("") | st.emails()))  # fmt: skip
    said = {"lines": lines, "vat_rate": rate, "buyer": party, "period": draw(st.none() | periods()),
            "engagement": draw(references), "order_reference": draw(references), "demo": draw(st.booleans()),
            "notes": tuple(draw(st.lists(labels, max_size=2))), "debit": draw(st.booleans()),
            "bank": draw(st.sampled_from([None, supplier_bank()]))}  # fmt: skip
    return credit_note(**said) if draw(st.booleans()) else invoice(**said)
