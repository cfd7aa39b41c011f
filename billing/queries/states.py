"""Where an invoice or a credit note stands, in words and the tone of its chip."""

from datetime import date

from django.utils.translation import gettext as _

from billing.models import Invoice
from core.web.french import day


def invoice_state(invoice: Invoice, left: int, today: date) -> tuple[str, str]:
    """`left` is what is left to pay, as `outstanding_of` says it; `cancelled_by` is best read with the invoice."""
    if invoice.kind == Invoice.Kind.CREDIT_NOTE:
        return _of_credit(invoice), "ok"
    if hasattr(invoice, "cancelled_by"):
        return _("annulée par %s") % invoice.cancelled_by.number, ""
    if left <= 0:
        return _("payée"), "ok"
    if invoice.due_on < today:
        return _("en retard depuis le %s") % day(invoice.due_on), "warn"
    return _("à payer avant le %s") % day(invoice.due_on), ""


def _of_credit(note: Invoice) -> str:
    named = str(note.content.get("cancels", ""))
    if note.cancels_id:
        return _("annule %s") % named
    return _("à déduire de %s") % named if named else _("en votre faveur")
