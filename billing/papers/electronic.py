"""Invoices and credit notes as Factur-X: a PDF for people, and inside it the XML (profile EN 16931) for machines."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from facturx import generate_xml

from billing.papers.checking import check
from billing.papers.content import Document, Kind, PaperError, PaperLine, Party, stated
from billing.papers.embedding import FILE_NAME, marked
from billing.papers.mentions import mentions
from billing.papers.printing import invoice_pdf
from core.documents import Attachment

PROFILE: Final = "en16931"
TRANSFER, DEBIT = "30", "59"
SERVICES: Final = "S1"  # BT-23: services, deposited as an invoice
_SIREN, _SIRET, _ADDRESS = "0002", "0009", "0225"
_TYPES: Final = {Kind.INVOICE: "380", Kind.CREDIT_NOTE: "381"}
_ONE: Final = "C62"

logging.getLogger("factur-x").setLevel(logging.CRITICAL)  # it logs whole invoices; what is wrong is raised


def facturx(document: Document) -> bytes:
    """Raises PaperError when the document may not be issued."""
    check(document)
    attached = Attachment(FILE_NAME, "text/xml", "Factur-X", xml_of(document).decode(), relationship="alternative")
    return marked(invoice_pdf(document, attached))


def xml_of(document: Document) -> bytes:
    """Checked against the schema. Raises PaperError."""
    try:
        made: bytes = generate_xml(_said(stated(document)), level=PROFILE, check_xsd=True, check_schematron=False)
    except Exception as error:  # the library raises bare ones
        raise PaperError(f"{document.number}: {error}") from error
    return made


def _said(document: Document) -> dict[str, Any]:
    """By the terms of EN 16931, as the library names them; what is empty is left out."""
    taxed = document.vat_rate > 0
    said = {
        "BT-1": document.number,
        "BT-2": document.issued_on,
        "BT-3": _TYPES[document.kind],
        "BT-5": "EUR",
        "BT-10": document.buyer.service_code,
        "BT-12": document.quote_reference,
        "BT-13": document.engagement or document.order_reference,
        "BT-20": _terms(document),
        "BT-23": SERVICES,
        "BG-1": [{"BT-21": code, "BT-22": text} for code, text in mentions(document)],
        "BG-4": _party(document.seller, taxed=taxed) | {"contacts": _contacts(document.seller)},
        "BG-7": _party(document.buyer, taxed=taxed) | {"contacts": _contacts(document.buyer)},
        "BG-13": _place(document.buyer),
        "BG-23": [_tax(document)],
        "BG-25": [_line(rank, each, document.vat_rate) for rank, each in enumerate(document.lines, 1)],
        "BT-106": _amount(document.net),
        "BT-109": _amount(document.net),
        "BT-110": _amount(document.vat),
        "BT-112": _amount(document.total),
        "BT-115": _amount(document.total),
        **_period("BT-73", "BT-74", document),
        **(_asked(document) if document.kind is Kind.INVOICE else _given_back(document)),
    }
    return _filled(said)


def _terms(document: Document) -> str:
    if document.kind is Kind.CREDIT_NOTE:
        return "Montant déduit de la facture, ou remboursé si elle est payée."
    if document.debit:
        return "Prélèvement SEPA à l’échéance."
    return "Paiement à 30 jours par mandat administratif (virement)."


def _asked(document: Document) -> dict[str, Any]:
    """When and how an invoice is paid."""
    said: dict[str, Any] = {"BT-9": document.due_on}
    if document.debit:
        return said | {"BT-81": DEBIT, "BT-82": "Prélèvement SEPA"}
    if document.bank is None:
        return said
    paid_by = {"BT-81": TRANSFER, "BT-82": "Virement", "BT-83": document.number}
    account = {"BT-84": document.bank.iban, "BT-85": document.seller.name, "BT-86": document.bank.bic}
    return said | paid_by | account


def _given_back(document: Document) -> dict[str, Any]:
    """Of which invoice."""
    return {"BG-3": [{"BT-25": document.cancels, "BT-26": document.cancels_on}]}


def _party(party: Party, *, taxed: bool) -> dict[str, Any]:
    """Where VAT does not apply the norm wants no VAT number (BR-O-02)."""
    said = {**_place(party), "vat_identifier": party.vat_number if taxed else "", "legal_info": party.legal}
    if party.siret:
        said |= {
            "identifiers": {_SIRET: party.siret},
            "legal_identifier": party.siren,
            "legal_identifier_schemeid": _SIREN,
            "einvoicing_addr": f"{party.siren}_{party.siret}",
            "einvoicing_addr_schemeid": _ADDRESS,
        }
    elif party.email:
        said |= {"einvoicing_addr": party.email, "einvoicing_addr_schemeid": "EM"}
    return _filled(said)


def _place(party: Party) -> dict[str, Any]:
    return {
        "name": party.name,
        "addr_l1": party.street,
        "postcode": party.postal_code,
        "city": party.city,
        "country_code": party.country,
    }


def _contacts(party: Party) -> list[dict[str, str]]:
    found = {"name": party.contact, "email": party.email}
    kept = _filled(found)
    return [kept] if kept else []


def _tax(document: Document) -> dict[str, Any]:
    said = {"BT-116": _amount(document.net), "BT-117": _amount(document.vat)}
    if document.vat_rate:
        return said | {"BT-118": "S", "BT-119": _rate(document.vat_rate)}
    return said | {"BT-118": "O", "BT-120": document.vat_note, "BT-121": "VATEX-EU-O"}


def _line(rank: int, line: PaperLine, vat_rate: int) -> dict[str, Any]:
    said = {
        "BT-126": str(rank),
        "BT-129": str(line.quantity),
        "BT-130": _ONE,
        "BT-131": _amount(line.net),
        "BT-146": _amount(line.unit_cents),
        "BT-151": "S" if vat_rate else "O",
        "BT-152": _rate(vat_rate) if vat_rate else "",
        "BT-153": line.label,
        "BT-154": line.detail,
        **_period("BT-134", "BT-135", line),
    }
    return _filled(said)


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing: the norm refuses empty elements, and one of blanks is empty."""
    return {term: value for term, value in said.items() if value not in (None, [], {}) and str(value).strip()}


def _period(first: str, last: str, of: Document | PaperLine) -> dict[str, date]:
    return {first: of.period.first, last: of.period.last} if of.period else {}


def _amount(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def _rate(basis_points: int) -> str:
    return f"{basis_points / 100:g}"
