"""Where a history ends: by our rows, and by an oracle that reads Stripe's objects, our terms and our prices only."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from billing.models import Payment, StripeEvent, StripeInvoice, StripeSubscription
from billing.prices import DISCOUNT, Rhythm, book_from, price
from billing.tests.histories import History

Items = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class End:
    """`used` is what a commune uses, line by line, and its sum; `subscriptions` and `loud` what there is of it at
    Stripe, and what of that could ask for money; `told` of what was planted."""

    method: str
    means: str
    paid: tuple[int, ...]
    mirrors: tuple[tuple[str, str], ...]
    subscriptions: tuple[tuple[str, Items], ...]
    loud: tuple[str, ...]
    used: tuple[tuple[str, ...], int]
    events: frozenset[str]
    alarms: tuple[str, ...]
    told: tuple[str, ...]


def ours(history: History) -> End:
    account = history.fresh()
    sums = Counter[str]()
    for invoice_id, cents in Payment.objects.filter(invoice__account=account).values_list("invoice_id", "cents"):
        sums[str(invoice_id)] += cents
    rows = StripeInvoice.objects.filter(invoice__account=account).values_list("stripe_id", "status")
    held = list(StripeSubscription.objects.exclude(status="canceled"))
    items: dict[str, int] = held[0].items if held else {}
    return End(
        method=account.method,
        means=account.stripe_payment_method,
        paid=tuple(sums[str(each.pk)] for each in history.invoices),
        mirrors=tuple(sorted(rows)),
        subscriptions=tuple((each.stripe_id, tuple(sorted(each.items.items()))) for each in held),
        loud=(),
        used=(tuple(sorted(items)), sum(items.values())),
        events=frozenset(StripeEvent.objects.values_list("id", flat=True)),
        alarms=tuple(history.alarms),
        told=tuple(history.told),
    )


def oracle(history: History) -> End:
    """From the final objects: nothing of `billing.collecting` is used."""
    stripe = history.stripe
    customers = [each["id"] for each in stripe.all("customer") if not each.get("deleted")]
    given = [each for customer in customers for each in stripe.all("payment_method", customer=customer)]
    last = given[-1] if given else None
    alive = list(history.mirrors())
    return End(
        method=last["type"] if last else "transfer",
        means=last["id"] if last else "",
        paid=_paid(history),
        mirrors=tuple(sorted((each["id"], each["status"]) for each in stripe.all("invoice") if each["metadata"])),
        subscriptions=tuple((each["id"], _items(each)) for each in alive),
        loud=tuple(each["id"] for each in alive if not _is_quiet(each)),
        used=_used(history) if last else ((), 0),
        events=frozenset(each["id"] for each in stripe.events),
        alarms=(),
        told=tuple(history.planted),
    )


def _paid(history: History) -> tuple[int, ...]:
    held, stripe = history.stripe.held, history.stripe
    sums = Counter[str]()
    for intent in stripe.all("payment_intent", status="succeeded"):
        name = intent["metadata"].get("invoice")
        for payment in stripe.all("invoice_payment"):
            if payment["payment"]["payment_intent"] == intent["id"]:
                name = held[payment["invoice"]]["metadata"]["invoice"]
        gone = sum(each["amount"] for each in stripe.all("refund", payment_intent=intent["id"], status="succeeded"))
        gone += sum(
            each["amount"] for each in stripe.all("dispute", payment_intent=intent["id"]) if each["status"] != "won"
        )
        sums[name] += intent["amount"] - gone
    return tuple(sums[str(each.pk)] for each in history.invoices)


def _items(mirror: dict[str, Any]) -> Items:
    found = ((each["metadata"].get("key"), each["quantity"] * each["price"]["unit_amount"]) for each in _lines(mirror))
    return tuple(sorted(found))


def _lines(mirror: dict[str, Any]) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = mirror["items"]["data"]
    return lines


def _is_quiet(mirror: dict[str, Any]) -> bool:
    paused = mirror["pause_collection"] == {"behavior": "void", "resumes_at": None}
    return paused and mirror["collection_method"] == "send_invoice" and mirror["cancel_at"] is not None


def _used(history: History) -> tuple[tuple[str, ...], int]:
    term = history.term
    term.refresh_from_db()
    if term.cut_on is not None:
        return ((), 0)
    chosen = term.choices.last()
    assert chosen is not None
    found = price(
        book_from(term.book.content),
        population=term.population,
        rhythm=Rhythm(term.rhythm),
        modules=chosen.modules,
        communes=term.communes,
    )
    return tuple(sorted(item.key for item in found.items if item.key != DISCOUNT)), found.net
