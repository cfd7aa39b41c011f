"""Papers as PDF/A-3 and PDF/UA: what they say, laid out by the templates beside."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.papers.content import Document, ErasurePaper, Kind, OrderPaper, QuotePaper, Total, stated
from billing.papers.keys import spaced_iban
from billing.papers.mentions import printed
from billing.papers.voting import deliberation
from billing.papers.words import address, bare, code, covered, dated, figure, lines, rows, sums, whole, wide
from billing.prices import euros
from core.documents import Attachment, pdf
from core.web.french import capitalised, day, day_and_time, of_commune, typographic

_FOLDER: Final = Path(__file__).parent / "documents"
_LETTER: Final = _FOLDER / "letter.typ"


def invoice_pdf(document: Document, *attached: Attachment) -> bytes:
    """An invoice or a credit note."""
    document, credit = stated(document), document.kind is Kind.CREDIT_NOTE
    total = Total(document.net, document.vat_rate, document.vat, document.total, document.vat_note)
    data = {
        "title": (_("Avoir %(number)s") if credit else _("Facture %(number)s")) % {"number": document.number},
        "headline": _invoice_headline(document),
        "to": _("Bénéficiaire de l’avoir") if credit else _("Facturé à"),
        "about": rows(
            (_("Date d’émission"), day(document.issued_on)),
            (_("Échéance"), "" if credit else day(document.due_on)),
            (_("Période"), dated(document.period)),
            (_("Numéro d’engagement"), document.engagement),
            (_("Bon de commande"), document.order_reference),
            (_("Devis"), document.quote_reference),
        ),
        "lines": lines(document.lines, document.period),
        "totals": sums(total, _("Total à votre crédit") if credit else _("Total TTC à payer")),
        "payment": _payment(document),
        "legal": printed(document),
    }
    return _printed("invoice.typ", data, document, *attached)


def _invoice_headline(document: Document) -> str:
    if document.kind is Kind.CREDIT_NOTE:
        said = {"number": document.cancels, "on": day(document.cancels_on or document.issued_on)}
        return _("Avoir sur la facture %(number)s du %(on)s") % said
    period = dated(document.period)
    return _("Abonnement %(period)s") % {"period": period} if period else _("Abonnement")


def _payment(document: Document) -> dict[str, Any]:
    if document.kind is Kind.CREDIT_NOTE:
        said = [_("Il se déduit de la facture, ou vous est remboursé si elle est payée.")]
        return {"title": _("Rien à payer : %(sum)s vous reviennent") % {"sum": euros(document.total)}, "said": said,
                "account": []}  # fmt: skip
    until = {"sum": euros(document.total), "on": day(document.due_on)}
    title = _("%(sum)s à payer au plus tard le %(on)s") % until
    if not document.total:
        return {"title": _("Rien à payer"), "said": [], "account": []}
    if document.debit or document.bank is None:
        said = [_("Prélèvement SEPA à l’échéance : vous n’avez rien à faire.")] if document.debit else []
        return {"title": title, "said": said, "account": []}
    account = rows(
        (_("Titulaire"), document.seller.name),
        (_("IBAN"), spaced_iban(document.bank.iban)),
        (_("BIC"), document.bank.bic),
        (_("Référence à rappeler"), document.number),
    )
    return {"title": title, "said": [_("Par mandat administratif (virement).")], "account": account}


def quote_pdf(quote: QuotePaper) -> bytes:
    """With where to sign, and the page where it is ordered."""
    data = {
        "title": _("Devis %(number)s") % {"number": quote.number},
        "headline": " · ".join(
            [capitalised(quote.rhythm), *covered(quote.communes[:1] if len(quote.communes) == 1 else ())]
        ),
        "about": rows(
            (_("Date"), day(quote.issued_on)),
            (_("Valable jusqu’au"), day(quote.valid_until)),
            (_("Période"), dated(quote.period) or _("12 mois dès la commande")),
        ),
        "lines": lines(quote.lines, quote.period),
        "totals": sums(quote.total, _("Total TTC")),
        "communes": covered(quote.communes),
        "conditions": _conditions(quote),
        "how": _("Signez ce devis ou notez votre numéro de bon de commande, puis envoyez-le sur sa page :"),
        "page": bare(quote.address),
        "code": code(quote.address),
        "legal": list(quote.notes),
    }
    return _printed("quote.typ", data, quote)


def _conditions(quote: QuotePaper) -> list[str]:
    return [
        _("Durée : %(period)s. Pas de reconduction tacite : sans nouvelle commande, l’abonnement s’arrête.")
        % {"period": dated(quote.period) or _("12 mois à compter de la commande")},
        _("Facturation : %(when)s.") % {"when": quote.invoicing},
        _("Paiement à 30 jours par mandat administratif, sur facture électronique déposée sur Chorus Pro."),
        _("Prix fermes pour toute la durée. Aucun coût pour les habitants, sans limite d’utilisateurs."),
        _("Retard de paiement : intérêts au taux de la BCE majoré de huit points, et 40 € de frais de recouvrement."),
    ]


def deliberation_pdf(quote: QuotePaper) -> bytes:
    """A note for the councillors, and a draft that their council may vote."""
    return _printed("deliberation.typ", deliberation(quote), quote)


def order_pdf(order: OrderPaper) -> bytes:
    data = {
        "title": _("Confirmation de commande %(number)s") % {"number": order.number},
        "headline": _("Votre commande est enregistrée"),
        "about": rows(
            (_("Commandé le"), day(order.ordered_on)),
            (_("Par"), ", ".join(part for part in (order.orderer, order.capacity) if part)),
            (_("Moyen"), order.means),
            (_("Devis"), _("%(n)s du %(on)s") % {"n": order.quote_number, "on": day(order.quote_on)}),
            (_("Période"), dated(order.period)),
            (_("Numéro d’engagement"), order.engagement),
            (_("Bon de commande"), order.order_reference),
        ),
        "lines": lines(order.lines, order.period),
        "totals": sums(order.total, _("Total TTC")),
        "communes": covered(order.communes),
        "next": [
            _("Facturation : %(when)s.") % {"when": order.invoicing},
            _("Paiement à 30 jours par mandat administratif, sur facture électronique déposée sur Chorus Pro."),
            _("Fin le %(on)s, sans reconduction tacite.") % {"on": day(order.period.last)},
        ],
        "page": bare(order.address),
        "legal": list(order.notes),
    }
    return _printed("order.typ", data, order)


def certificate_pdf(erasure: ErasurePaper) -> bytes:
    """That a commune's space was erased."""
    data = {
        "title": _("Certificat d’effacement %(number)s") % {"number": erasure.number},
        "headline": _("Espace de la commune %(name)s") % {"name": of_commune(erasure.commune)},
        "about": rows(
            (_("Commune"), typographic(erasure.commune)),
            (_("Code Insee"), erasure.insee),
            (_("Fin du service"), whole(day(erasure.ended_on))),
            (_("Effacé le"), day_and_time(datetime.fromisoformat(erasure.erased_at)).partition(" ")[2]),
        ),
        "reason": erasure.reason,
        "export": erasure.export,
        "counts": [[each.label, figure(each.count)] for each in erasure.counts],
        "files": _files(erasure),
        "digest": erasure.digest,
        "inside": bool(erasure.listing),
        "kept": list(erasure.kept),
        "issued": day(erasure.issued_on),
    }
    listing = Attachment("effacement.txt", "text/plain", _("Liste de ce qui a été effacé"), erasure.listing)
    return _printed("certificate.typ", data, erasure, *([listing] if erasure.listing else []))


def _files(erasure: ErasurePaper) -> str:
    if not erasure.files:
        return _("aucun fichier")
    said = {"count": figure(erasure.files), "size": filesizeformat(erasure.bytes)}
    return ngettext("%(count)s fichier (%(size)s)", "%(count)s fichiers (%(size)s)", erasure.files) % said


def _printed(template: str, data: dict[str, Any], paper: Any, *attached: Attachment) -> bytes:
    """With what every paper bears: who sells, who buys, and whether it is of the demo."""
    seller = paper.seller
    footer = " · ".join(part for part in (seller.name, seller.legal) if part)
    shared: dict[str, Any] = {"seller": address(seller), "footer": footer, "demo": paper.demo}
    if not isinstance(paper, ErasurePaper):
        shared["buyer"] = address(paper.buyer)
    return pdf(_FOLDER / template, wide(shared | data), attached, parts=[_LETTER])
