"""Issuing invoices and credit notes, and writing what was paid of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.actions.letters import invoice_issued, readers, write
from billing.actions.turns import take_turn
from billing.models import Account, Invoice, Order, Payment, PriceVersion, Subscription, Term
from billing.models.account import Method
from billing.papers import Document, Kind, PaperKind, PaperLine, Party, Series, facturx, keep, number, supplier
from billing.papers import supplier_bank as bank
from billing.papers import vat_note as reason_of_no_vat
from billing.prices import Item, Period, vat_of, vat_rate
from billing.queries.crediting import spread
from billing.queries.days import supplier_today
from billing.queries.money import standing_nets
from billing.queries.offering import sms_lines
from billing.queries.offers import offer_of
from billing.queries.owing import Rest, due_by, owed, rest
from billing.queries.showing import label_of
from billing.queries.terms import asked_for, bought
from core.web.french import typographic

PAYABLE_WITHIN = timedelta(days=30)
Parts = list[dict[str, Any]]


class NotThis(Exception):
    """A credit note, or an invoice that was cancelled, is not cancelled."""


@transaction.atomic
def invoice_term(term: Term, today: date, *, author: str) -> list[Invoice]:
    """Ask for what is due of a term and was not asked for, or give back what was too much: each period in order."""
    held = (
        Term.objects.select_for_update(of=("self",))
        .select_related("account", "book", "order__quote", "subscription__space", "subscription__commune", "continues")
        .get(pk=term.pk)
    )
    what, issued = bought(held), []
    for period in due_by(what, today):
        left = rest(owed(what, period), asked_for(held, period))
        net = sum(each.net for each in left)
        if net > 0:
            issued.append(_ask(held, period, left, None, author))
        if net < 0:
            asked = {each.number: each for each in held.invoices.filter(first=period.first, kind=Kind.INVOICE.value)}
            for name, part in spread(left, standing_nets(asked.values())):
                issued.append(_ask(held, period, part, asked[name], author))
    return issued


def _ask(term: Term, period: Period, left: Sequence[Rest], back: Invoice | None, author: str) -> Invoice:
    """`back` is the invoice that a credit is taken off."""
    whose = f"{typographic(term.subscription.commune.name)} : " if term.communes > 1 else ""
    lines = tuple(_line(term.book, each, period, whose) for each in left)
    parts: Parts = [{"key": each.key, "cents": each.cents, "net": each.net} for each in left]
    return _issue(
        term.account, term.order, lines, parts, author, book=term.book, term=term, period=period, back=back,
        subscription=term.subscription,
    )  # fmt: skip


def _line(version: PriceVersion, left: Rest, period: Period, whose: str) -> PaperLine:
    label = whose + label_of(version.book, Item(left.key, left.cents))
    notes = []
    if left.net < 0 < left.cents:
        notes.append(_("rendu"))
    if abs(left.net) != abs(left.cents):
        notes.append(_("au prorata des jours"))
    days = left.days.part(period) if left.days else None
    return PaperLine(label, ", ".join(notes), 1, left.cents, left.net, days or period)


@transaction.atomic
def invoice_sms(order: Order, *, author: str) -> Invoice | None:
    """Ask at once for the SMS of an accepted order, anew when the invoice was cancelled; None when it has none, or when
    they are asked for."""
    offer = offer_of(order.quote)
    if not offer.sms or order.invoices.filter(term=None).aggregate(net=Sum("net"))["net"]:
        return None
    parts: Parts = [{"key": f"sms:{s.key}", "cents": s.cents, "net": s.cents * s.count} for s in offer.sms]
    found = Subscription.objects.filter(commune=offer.communes[0].insee, erased_at=None).order_by("space").first()
    return _issue(
        order.quote.account, order, sms_lines(offer.sms), parts, author, book=order.quote.book, subscription=found
    )


def _issue(
    account: Account, order: Order | None, lines: tuple[PaperLine, ...], parts: Parts, author: str, *,
    book: PriceVersion, term: Term | None = None, period: Period | None = None, back: Invoice | None = None,
    cancels: Invoice | None = None, notes: tuple[str, ...] = (), subscription: Subscription | None = None,
) -> Invoice:  # fmt: skip
    """Number it, freeze it, print it, keep it and tell who reads it."""
    net, issued_on = sum(each.net for each in lines), supplier_today()
    rate = vat_rate(book.book, account.departement)
    vat, named = vat_of(net, rate), cancels or back
    kind = Kind.CREDIT_NOTE if net < 0 or cancels else Kind.INVOICE
    document = Document(
        kind=kind,
        number=number(Series.CREDIT_NOTE if kind is Kind.CREDIT_NOTE else Series.INVOICE, issued_on),
        issued_on=issued_on,
        due_on=issued_on + PAYABLE_WITHIN,
        seller=supplier(),
        buyer=party_of(account),
        lines=lines,
        vat_rate=rate,
        vat_note=reason_of_no_vat(account.departement, rate),
        net=net,
        vat=vat,
        total=net + vat,
        period=period,
        engagement=account.engagement,
        order_reference=order.reference if order else "",
        quote_reference=order.quote.number if order else "",
        cancels=named.number if named else "",
        cancels_on=named.issued_on if named else None,
        notes=notes,
        demo=settings.DEMO,
        bank=bank(),
        debit=account.method == Method.SEPA,
    )
    invoice = _kept(document, account, order, parts, author, term=term, period=period, cancels=cancels)
    if subscription is not None:
        write(invoice_issued(invoice, subscription), readers(subscription))
    return invoice


def _kept(
    document: Document, account: Account, order: Order | None, parts: Parts, author: str, *,
    term: Term | None, period: Period | None, cancels: Invoice | None,
) -> Invoice:  # fmt: skip
    return Invoice.objects.create(
        number=document.number,
        kind=document.kind.value,
        account=account,
        order=order,
        term=term,
        cancels=cancels,
        first=period.first if period else None,
        last=period.last if period else None,
        issued_on=document.issued_on,
        due_on=document.due_on,
        content=document.as_json(),
        parts=parts,
        net=document.net,
        vat=document.vat,
        paper=keep(PaperKind(document.kind.value), f"{document.number}.pdf", facturx(document)),
        issued_by=author,
    )


def party_of(account: Account) -> Party:
    """Who pays, as papers say it."""
    return Party(
        name=account.name,
        siret=account.siret,
        street=account.street,
        postal_code=account.postal_code,
        city=account.city,
        service_code=account.service_code,
    )


@transaction.atomic
def cancel(*, invoice: Invoice, reason: str, author: str) -> Invoice:
    """The credit note that takes back what stands of an invoice; the first one when there is one. What is
    owed is asked for anew by the next run. Raises NotThis, also when all of it was given back."""
    rows = Invoice.objects.select_for_update(of=("self",)).select_related(
        "account", "order__quote__book", "term__book", "term__subscription__space", "term__subscription__commune"
    )
    take_turn(Subscription.objects.filter(terms__invoices=invoice).values_list("commune", flat=True))
    held = rows.get(pk=invoice.pk)
    if held.kind == Invoice.Kind.CREDIT_NOTE:
        raise NotThis(held.number)
    known = Invoice.objects.filter(cancels=held).first()
    if known is not None:
        return known
    book = held.term.book if held.term else held.order.quote.book if held.order else None
    assert book is not None
    lines, parts = _what_stands(held, book)
    if not parts:
        raise NotThis(held.number)
    was = Document.of(held.content)
    return _issue(
        held.account, held.order, lines, parts, author, book=book, term=held.term, period=was.period, cancels=held,
        notes=(_("Motif : %(reason)s") % {"reason": reason},),
        subscription=held.term.subscription if held.term else None,
    )  # fmt: skip


def _what_stands(invoice: Invoice, book: PriceVersion) -> tuple[tuple[PaperLine, ...], Parts]:
    """What an invoice asked for, less the credit notes that name it, to be given back."""
    notes = list(Invoice.objects.filter(kind=Kind.CREDIT_NOTE.value, content__cancels=invoice.number))
    said = Document.of(invoice.content)
    if not notes or said.period is None:
        whole = tuple(replace(each, net=-each.net) for each in said.lines)
        return whole, [{**each, "net": -each["net"]} for each in invoice.parts]
    left: dict[tuple[str, int], int] = {}
    for part in (part for each in (invoice, *notes) for part in each.parts):
        left[part["key"], part["cents"]] = left.get((part["key"], part["cents"]), 0) - part["net"]
    rests = [Rest(*name, net, None) for name, net in left.items() if net]
    lines = tuple(_line(book, each, said.period, "") for each in rests)
    return lines, [{"key": each.key, "cents": each.cents, "net": each.net} for each in rests]


@transaction.atomic
def record_payment(
    *, invoice: Invoice, cents: int, received_on: date, source: str, reference: str, author: str
) -> Payment:
    """Write what was paid, a part or too much as well; given back when negative. A reference is written once: again is
    the first one. Raises ValidationError when the same reference was written of something else."""
    held = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    known = Payment.objects.filter(source=source, reference=reference).first()
    if known is None:
        return Payment.objects.create(
            invoice=held, cents=cents, received_on=received_on, source=source, reference=reference, recorded_by=author
        )
    if (known.invoice_id, known.cents) != (held.pk, cents):
        raise ValidationError(_("Cette référence est déjà celle d’un autre paiement : vérifiez-la."), code="known")
    return known
