"""Issuing invoices and credit notes, and writing what was paid of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from billing.actions.letters import invoice_issued, payers, write
from billing.actions.turns import take_turn
from billing.models import Account, Invoice, Order, Payment, Subscription, Term
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
from billing.queries.terms import asked_of, bought
from core.web.french import typographic
from tenants.models import Space

PAYABLE_WITHIN = timedelta(days=30)
Parts = list[dict[str, Any]]


class NotThis(Exception):
    """A credit note, or an invoice that was cancelled, is not cancelled."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is still to be asked for of a term in a period, or given back."""

    term: Term
    rests: tuple[Rest, ...]

    @property
    def net(self) -> int:
        return sum(each.net for each in self.rests)


@transaction.atomic
def invoice_term(term: Term, today: date, *, author: str) -> list[Invoice]:
    """Ask for what is due of a term and was not asked for, or give back what was too much: each period in order.

    What an EPCI ordered for several communes is asked for in one invoice a period.
    """
    found: dict[Period, list[Left]] = {}
    terms = _together(term)
    known = asked_of(terms)
    for held in terms:
        what = bought(held)
        for period in due_by(what, today):
            left = Left(held, rest(owed(what, period), known.get((held.pk, period), {})))
            found.setdefault(period, []).append(left)
    issued = []
    for period, lefts in sorted(found.items(), key=lambda one: one[0]):
        if asking := [each for each in lefts if each.net > 0]:
            issued.append(_ask(asking, period, None, author))
        for each in (each for each in lefts if each.net < 0):
            asked = {row.number: row for row in each.term.invoices.filter(first=period.first, kind=Kind.INVOICE.value)}
            for name, part in spread(each.rests, standing_nets(each.term, asked.values())):
                issued.append(_ask([Left(each.term, part)], period, asked[name], author))
    return issued


def _together(term: Term) -> list[Term]:
    """A term and those of the same order and payer, locked: none of a commune whose space is not open yet, for nothing
    is asked for before it is served. One that was erased was served."""
    rows = Term.objects.select_for_update(of=("self",)).select_related(
        "account", "book", "order__quote", "subscription__space", "subscription__commune", "continues"
    )
    opened = Q(subscription__space__isnull=False) & ~Q(subscription__space__state=Space.State.PENDING)
    served = opened | Q(subscription__erased_at__isnull=False)
    ours = rows.filter(served, order=term.order_id, account=term.account_id)
    return list(ours.prefetch_related("choices").order_by("subscription__commune__sort_key", "pk"))


def _ask(lefts: Sequence[Left], period: Period, back: Invoice | None, author: str) -> Invoice:
    """`back` is the invoice that a credit is taken off."""
    first = lefts[0].term
    lines = tuple(_line(each.term, left, period) for each in lefts for left in each.rests)
    parts = [_part(each.term, left) for each in lefts for left in each.rests]
    return _issue(
        first.account, first.order, lines, parts, author, terms=[each.term for each in lefts], period=period, back=back
    )


def _part(term: Term, left: Rest) -> dict[str, Any]:
    return {"term": str(term.pk), "key": left.key, "cents": left.cents, "net": left.net}


def _line(term: Term, left: Rest, period: Period) -> PaperLine:
    whose = f"{typographic(term.subscription.commune.name)} : " if term.communes > 1 else ""
    label = whose + label_of(term.book.book, Item(left.key, left.cents))
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
    if not offer.sms or order.invoices.filter(terms=None).aggregate(net=Sum("net"))["net"]:
        return None
    parts: Parts = [{"key": f"sms:{s.key}", "cents": s.cents, "net": s.cents * s.count} for s in offer.sms]
    return _issue(order.quote.account, order, sms_lines(offer.sms), parts, author)


def _issue(
    account: Account, order: Order, lines: tuple[PaperLine, ...], parts: Parts, author: str, *,
    terms: Sequence[Term] = (), period: Period | None = None, back: Invoice | None = None,
    cancels: Invoice | None = None, notes: tuple[str, ...] = (),
) -> Invoice:  # fmt: skip
    """Number it, freeze it, print it, keep it and tell who reads it."""
    net, issued_on = sum(each.net for each in lines), supplier_today()
    rate = vat_rate(order.quote.book.book, account.departement)
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
        order_reference=order.reference if order.quote.account_id == account.pk else "",  # another's, since a merger
        quote_reference=order.quote.number,
        cancels=named.number if named else "",
        cancels_on=named.issued_on if named else None,
        notes=notes,
        demo=settings.DEMO,
        bank=bank(),
        debit=account.method == Method.SEPA,
    )
    invoice = _kept(document, account, order, parts, author, terms=terms, period=period, cancels=cancels)
    write(invoice_issued(invoice), payers(invoice))
    return invoice


def _kept(
    document: Document, account: Account, order: Order, parts: Parts, author: str, *,
    terms: Sequence[Term], period: Period | None, cancels: Invoice | None,
) -> Invoice:  # fmt: skip
    kept = Invoice.objects.create(
        number=document.number,
        kind=document.kind.value,
        account=account,
        order=order,
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
    kept.terms.set(terms)
    return kept


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
    take_turn(Subscription.objects.filter(terms__invoices=invoice).values_list("commune", flat=True))
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("account", "order__quote__book")
    held = rows.get(pk=invoice.pk)
    if held.kind == Invoice.Kind.CREDIT_NOTE:
        raise NotThis(held.number)
    known = Invoice.objects.filter(cancels=held).first()
    if known is not None:
        return known
    assert held.order is not None
    terms = list(held.terms.select_related("book", "subscription__commune"))
    lines, parts = _what_stands(held, terms)
    if not parts:
        raise NotThis(held.number)
    return _issue(
        held.account, held.order, lines, parts, author, terms=terms, period=Document.of(held.content).period,
        cancels=held, notes=(_("Motif : %(reason)s") % {"reason": reason},),
    )  # fmt: skip


def _what_stands(invoice: Invoice, terms: Sequence[Term]) -> tuple[tuple[PaperLine, ...], Parts]:
    """What an invoice asked for, less the credit notes that name it, to be given back."""
    notes = list(Invoice.objects.filter(kind=Kind.CREDIT_NOTE.value, content__cancels=invoice.number))
    said = Document.of(invoice.content)
    if not notes or said.period is None:
        whole = tuple(replace(each, net=-each.net) for each in said.lines)
        return whole, [{**each, "net": -each["net"]} for each in invoice.parts]
    left: dict[tuple[str, str, int], int] = {}
    for part in (part for each in (invoice, *notes) for part in each.parts):
        name = (part["term"], part["key"], part["cents"])
        left[name] = left.get(name, 0) - part["net"]
    by_key = {str(each.pk): each for each in terms}
    rests = [(by_key[term], Rest(key, cents, net, None)) for (term, key, cents), net in left.items() if net]
    lines = tuple(_line(term, each, said.period) for term, each in rests)
    return lines, [_part(term, each) for term, each in rests]


@transaction.atomic
def record_payment(
    *, invoice: Invoice, cents: int, received_on: date, source: str, reference: str, author: str
) -> Payment:
    """Write what was paid, a part or too much as well; given back when negative. A reference is written once: again is
    the first one. Raises ValidationError when the same reference was written of something else."""
    held = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    facts = {"invoice": held, "cents": cents, "received_on": received_on, "recorded_by": author}
    payment, made = Payment.objects.get_or_create(source=source, reference=reference, defaults=facts)
    if not made and (payment.invoice_id, payment.cents) != (held.pk, cents):
        raise ValidationError(_("Cette référence est déjà celle d’un autre paiement : vérifiez-la."), code="known")
    return payment
