"""The papers of an account, in one list: the latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.models import Account, Invoice, Order, Quote
from billing.queries.money import outstanding_of
from billing.queries.states import invoice_state
from core.web.french import day

KINDS = {"factures": (Invoice,), "devis": (Quote, Order)}
_MODELS: dict[str, Any] = {"invoice": Invoice, "quote": Quote, "order": Order}


@dataclass(frozen=True, slots=True)
class Line:
    """A paper as the list shows it."""

    label: str
    number: str
    on: date
    total: int | None
    state: str
    tone: str
    links: tuple[tuple[str, str], ...]
    page: str = ""


def rows(account: Account, kind: str = "") -> QuerySet[Any, dict[str, Any]]:
    """Which paper of which table, in the order of days: of all, or of some."""
    parts = [
        ("invoice", Invoice.objects.filter(account=account), F("issued_on")),
        ("quote", Quote.objects.filter(account=account), F("issued_on")),
        ("order", Order.objects.filter(quote__account=account), F("received_at__date")),
    ]
    wanted = KINDS.get(kind, (Invoice, Quote, Order))
    found = [
        model.order_by().annotate(what=Value(name), on=on).values("what", "on", "number", "pk")
        for name, model, on in parts
        if model.model in wanted
    ]
    joined: QuerySet[Any, dict[str, Any]] = found[0].union(*found[1:], all=True)
    return joined.order_by("-on", "-number")


def lines(found: Iterable[dict[str, Any]], today: date) -> list[Line]:
    """These rows in words: as many statements however many they are."""
    kept = list(found)
    keys = {name: [row["pk"] for row in kept if row["what"] == name] for name in _MODELS}
    invoices = list(Invoice.objects.filter(pk__in=keys["invoice"]).select_related("cancelled_by"))
    left = outstanding_of(invoices)
    quotes = Quote.objects.filter(pk__in=keys["quote"]).select_related("order")
    orders = Order.objects.filter(pk__in=keys["order"]).select_related("quote")
    said = {each.pk: invoice_line(each, left.get(each.number, 0), today) for each in invoices}
    said |= {each.pk: quote_line(each, today) for each in quotes} if keys["quote"] else {}
    said |= {each.pk: order_line(each) for each in orders} if keys["order"] else {}
    return [said[row["pk"]] for row in kept if row["pk"] in said]


def invoice_line(invoice: Invoice, left: int, today: date) -> Line:
    state, tone = invoice_state(invoice, left, today)
    link = (_("Télécharger (PDF)"), reverse("billing:invoice_file", args=[invoice.pk]))
    return Line(
        str(Invoice.Kind(invoice.kind).label),
        invoice.number,
        invoice.issued_on,
        invoice.total,
        state,
        tone,
        (link,),
    )


def quote_line(quote: Quote, today: date) -> Line:
    links = [(_("Télécharger (PDF)"), reverse("billing:quote_file", args=[quote.pk]))]
    if quote.deliberation_id:
        address = reverse("billing:deliberation_file", args=[quote.pk])
        links.append((_("Projet de délibération (PDF)"), address))
    total = quote.net + quote.vat
    if hasattr(quote, "order"):
        state, tone = _("commandé"), "ok"
    elif quote.valid_until < today:
        state, tone = _("valable jusqu’au %s, passé") % day(quote.valid_until), ""
    else:
        state, tone = _("valable jusqu’au %s") % day(quote.valid_until), "warn"
    return Line(_("Devis"), quote.number, quote.issued_on, total, state, tone, tuple(links))


def order_line(order: Order) -> Line:
    links = []
    if order.paper_id:
        links.append((_("Télécharger (PDF)"), reverse("billing:order_file", args=[order.pk])))
    if order.signed_id:
        links.append((_("Devis signé (PDF)"), reverse("billing:signed_file", args=[order.pk])))
    if order.refused_at:
        state, tone = _("refusée"), "danger"
    elif order.accepted_at:
        state, tone = _("acceptée le %s") % day(order.accepted_at), "ok"
    else:
        state, tone = _("reçue, en attente de notre accord"), "warn"
    total = order.quote.net + order.quote.vat
    return Line(_("Commande"), order.number, order.received_at.date(), total, state, tone, tuple(links))
