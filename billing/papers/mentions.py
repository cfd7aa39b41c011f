"""What the law wants said on an invoice, each with the code of its subject (UNTDID 4451), and what is said besides."""

from billing.papers.content import Document, Kind

# Public buyers: code de la commande publique, art. L. 2192-13, R. 2192-31 and D. 2192-35.
LATE = (
    "Tout retard de paiement ouvre droit à des intérêts moratoires au taux de la Banque centrale européenne "
    "majoré de huit points (art. L. 2192-13 et R. 2192-31 du code de la commande publique)."
)
RECOVERY = (
    "Tout retard de paiement ouvre droit à une indemnité forfaitaire de 40 € pour frais de recouvrement "
    "(art. D. 2192-35 du code de la commande publique)."
)
NO_DISCOUNT = "Pas d’escompte pour paiement anticipé."
DEMO = "Démonstration : document sans valeur, l’émetteur est fictif."


def printed(document: Document) -> list[str]:
    """What the paper says of it: the parties and the references have their own place there."""
    asked = [LATE, RECOVERY, NO_DISCOUNT] if document.kind is Kind.INVOICE and document.total else []
    return [*asked, *document.notes, *([DEMO] if document.demo else [])]


def mentions(document: Document) -> list[tuple[str, str]]:
    said = [("PMD", LATE), ("PMT", RECOVERY), ("AAB", NO_DISCOUNT)]
    if document.seller.legal:
        said.append(("REG", document.seller.legal))
    free = [*_references(document), *document.notes, *([DEMO] if document.demo else [])]
    return [*said, *(("AAI", text) for text in free if text)]


def _references(document: Document) -> list[str]:
    """What no term of the norm has room for."""
    said = []
    if document.engagement and document.order_reference:
        said.append(f"Bon de commande {document.order_reference}.")
    if document.kind is Kind.CREDIT_NOTE:
        said.append(f"Avoir sur la facture {document.cancels}.")
    return said
