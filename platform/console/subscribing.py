"""What an operator decides of a subscription: billing's acts, each with its line in the operator's journal.

Who comes second is told by the same exceptions as billing's, and changes nothing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from billing.actions.advancing import invoice as ask_for_what_is_due
from billing.actions.ending import end_now
from billing.actions.entitling import give, withdraw
from billing.actions.invoicing import cancel, record_payment
from billing.actions.merging import merge
from billing.actions.ordering import accept_order, refuse_order
from billing.actions.planning import advance_soon
from billing.models import Account, Grant, Invoice, Order, Payment, Subscription
from billing.models.invoice import Source
from billing.prices import euros
from billing.queries.days import local_today
from core.accounts.models import User
from core.audit.actions import record
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from core.web.french import day, typographic
from tenants.models import Commune, Space


@transaction.atomic
def accept(*, order: Order, author: User) -> Order:
    """Raises AlreadyAnswered."""
    had = order.accepted_at is not None
    done = accept_order(order=order, author=author.email)
    if not had:
        _note("order.accepted", order.quote.account.name, author, order=order.number)
    return done


@transaction.atomic
def refuse(*, order: Order, reason: str, author: User) -> Order:
    """Raises AlreadyAnswered."""
    had = order.refused_at is not None
    done = refuse_order(order=order, reason=reason, author=author.email)
    if not had:
        _note("order.refused", order.quote.account.name, author, order=order.number, reason=reason)
    return done


@transaction.atomic
def grant(*, space: Space, module: str, reason: str, until: date | None, author: User) -> list[Grant]:
    """What was really given: nothing when it was given before."""
    before = set(space.grants.filter(withdrawn_at__isnull=True).values_list("pk", flat=True))
    given = [
        each
        for each in give(space=space, modules=[module], reason=reason, until=until, author=author.email)
        if each.pk not in before
    ]
    if given:
        names = ", ".join(sorted(each.module for each in given))
        _note_commune("subscription.granted", _commune(space), author, reason=f"{names} : {reason}")
    return given


@transaction.atomic
def take_back(*, key: Any, space: Space, author: User) -> bool:
    """False when it was taken back before. Raises Grant.DoesNotExist."""
    found = space.grants.select_for_update().get(pk=key)
    if found.withdrawn_at is not None:
        return False
    withdraw(grant=found, author=author.email)
    _note_commune("subscription.withdrawn", _commune(space), author, text=found.module)
    return True


@transaction.atomic
def pay(*, invoice: Invoice, cents: int, received_on: date, reference: str, commune: Commune, author: User) -> bool:
    """A transfer that the bank shows; False when its reference was written before. Raises ValidationError."""
    held = Invoice.objects.select_for_update().get(pk=invoice.pk)
    known = Payment.objects.filter(source=Source.TRANSFER, reference=reference).exists()
    record_payment(
        invoice=held,
        cents=cents,
        received_on=received_on,
        source=Source.TRANSFER,
        reference=reference,
        author=author.email,
    )
    if not known:
        said = f"{euros(cents)}, {invoice.number}, {reference}"
        _note_commune("subscription.paid", commune, author, text=said)
    return not known


@transaction.atomic
def cancel_invoice(*, invoice: Invoice, reason: str, commune: Commune, author: User) -> Invoice:
    """The credit note; the first one when it was cancelled before. Raises NotThis."""
    held = Invoice.objects.select_for_update().get(pk=invoice.pk)
    had = Invoice.objects.filter(cancels=held).exists()
    note = cancel(invoice=held, reason=reason, author=author.email)
    if not had:
        _note_commune("subscription.cancelled", commune, author, reason=f"{invoice.number} : {reason}")
        for subscription in _of(held):
            if subscription.space is None:  # no engine runs for one that was erased
                ask_for_what_is_due(subscription)
            advance_soon(subscription)
    return note


@transaction.atomic
def change_payer(*, subscription: Subscription, into: Account, on: date, author: User, siret: str = "") -> None:
    """From a day on, somebody else pays. Its SIRET is written where it had none: nothing is asked for without."""
    Account.objects.filter(pk=into.pk, siret="").update(siret=siret, changed_by=author.email)
    merge(subscription=subscription, into=into, on=on, author=author.email)
    said = f"{into.name}, {day(on)}"
    _note_commune("subscription.merged", subscription.commune, author, text=said)


@transaction.atomic
def end(*, subscription: Subscription, reason: str, author: User) -> bool:
    """Today; False when it was over before."""
    held = Subscription.objects.select_for_update(of=("self",)).select_related("commune").get(pk=subscription.pk)
    if held.ended_on is not None and held.ended_on <= local_today(held.commune):
        return False
    end_now(subscription=held, reason=reason, author=author.email)
    _note_commune("subscription.ended", held.commune, author, reason=reason)
    return True


def _of(invoice: Invoice) -> Iterable[Subscription]:
    """Those that it is for: by its terms, or by what was ordered once."""
    once = invoice.order.quote.content["communes"] if invoice.order and not invoice.terms.exists() else ()
    mine = Q(terms__invoices=invoice) | Q(commune__in=[each["insee"] for each in once])
    return Subscription.objects.select_related("space", "commune").filter(mine).distinct()


def _commune(space: Space) -> Commune:
    commune: Commune | None = space.commune
    assert commune is not None
    return commune


def _note_commune(verb: str, commune: Commune, author: User, **detail: Any) -> None:
    _note(verb, typographic(str(commune)), author, insee=commune.insee, **detail)


def _note(verb: str, target: str, author: User, **detail: Any) -> None:
    with entered(OPERATOR):
        record(verb, target=target, author=author, **detail)
