"""Papers of the subscription: what they say, as it is frozen; the PDF that says it; their numbers; their keeping."""

from billing.models.paper import PaperKind, Series
from billing.papers.content import (
    Bank,
    Counted,
    Covered,
    Document,
    ErasurePaper,
    Kind,
    OrderPaper,
    PaperError,
    PaperLine,
    Party,
    QuotePaper,
    Total,
)
from billing.papers.electronic import facturx
from billing.papers.erasing import erasure_of
from billing.papers.frozen import Malformed
from billing.papers.keeping import keep
from billing.papers.keys import siret_of_siren, spaced_iban, spaced_siret, valid_bic, valid_iban, valid_siret
from billing.papers.numbering import OutsideTransaction, number
from billing.papers.printing import certificate_pdf, deliberation_pdf, order_pdf, quote_pdf
from billing.papers.supplier import supplier, supplier_bank
from billing.papers.vat import vat_note

__all__ = [
    "Bank",
    "Counted",
    "Covered",
    "Document",
    "ErasurePaper",
    "Kind",
    "Malformed",
    "OrderPaper",
    "OutsideTransaction",
    "PaperError",
    "PaperKind",
    "PaperLine",
    "Party",
    "QuotePaper",
    "Series",
    "Total",
    "certificate_pdf",
    "deliberation_pdf",
    "erasure_of",
    "facturx",
    "keep",
    "number",
    "order_pdf",
    "quote_pdf",
    "siret_of_siren",
    "spaced_iban",
    "spaced_siret",
    "supplier",
    "supplier_bank",
    "valid_bic",
    "valid_iban",
    "valid_siret",
    "vat_note",
]
