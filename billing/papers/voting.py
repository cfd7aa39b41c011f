"""What a council votes, and the note that its members read before: what is typed here is law's customs, not the law."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.papers.content import QuotePaper
from billing.papers.words import by_choice, covered, dated, lines, rows, sums
from billing.prices import euros, percent
from core.web.french import day, typographic

MOST_LINES: Final = 8  # so that the note holds on a page


def deliberation(quote: QuotePaper) -> dict[str, Any]:
    """Blanks are for the commune: its budget, its attendance, its vote, its act's number."""
    group = quote.is_group
    period = dated(quote.period) or _("pour douze mois à compter de la commande")
    return {
        "title": _("Note de présentation"),
        "headline": _("Abonnement à l’application citoyenne Beffroi"),
        "footer": _("Préparé par %(name)s avec le devis n° %(n)s") % {"name": quote.seller.name, "n": quote.number},
        "about": rows(
            (_("Devis"), quote.number),
            (_("Du"), day(quote.issued_on)),
            (_("Valable jusqu’au"), day(quote.valid_until)),
            (_("Coût"), _("%(sum)s TTC") % {"sum": euros(quote.total.total)}),
        ),
        "for": _("communautaires") if group else _("municipaux"),
        "whose": _("chaque commune") if group else _("la commune"),
        "who": _("Chaque mairie") if group else _("La mairie"),
        "body": typographic(quote.buyer.name),
        "council": _("conseil communautaire") if group else _("conseil municipal"),
        "head": _("le Président") if group else _("le Maire"),
        "law": _("L. 5211-1 et L. 5211-10") if group else _("L. 2121-29 et L. 2122-22"),
        "number": quote.number,
        "issued": day(quote.issued_on),
        "valid": day(quote.valid_until),
        "period": period,
        "rhythm": quote.rhythm,
        "invoicing": quote.invoicing,
        "net": euros(quote.total.net),
        "vat": euros(quote.total.vat),
        "rate": percent(quote.total.vat_rate),
        "total": euros(quote.total.total),
        "vat_note": quote.total.vat_note,
        "supplier": quote.seller.name,
        "modules": _modules(quote),
        "communes": covered(quote.communes),
        "names": by_choice(quote.communes),
        "lines": lines(quote.lines, quote.period) if len(quote.lines) <= MOST_LINES else [],
        "totals": sums(quote.total, _("Total TTC")),
    }


def _modules(quote: QuotePaper) -> list[str]:
    """« Alertes (2 communes sur 51) » where communes differ by them."""
    if quote.is_alike:
        return list(quote.modules)
    takers = {label: sum(label in each.modules for each in quote.communes) for label in quote.modules}
    return [_taken(label, count, len(quote.communes)) for label, count in takers.items()]


def _taken(label: str, count: int, of: int) -> str:
    if count == of:
        return _("%(module)s (toutes les communes)") % {"module": label}
    said = {"module": label, "count": count, "all": of}
    words = ngettext("%(module)s (%(count)s commune sur %(all)s)", "%(module)s (%(count)s communes sur %(all)s)", count)
    return words % said
