"""A history: what a payer, a bank and we do, told to us as badly as can be, with crashes anywhere."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import stripe as library
from django.db import connection, transaction
from django.utils import timezone

from billing.collecting import NothingToPay, Unavailable, catch_up, hear, payment_url, replay, setup_url
from billing.models import Account, Invoice, Payment, StripeInvoice
from billing.tests.stripes import contest_mandate, give, invoice, means
from deploy.local.stripe import Stripe, paying, people

BACK = "https://example.org/"
CHOICES = (("2606", "sepa_debit"), ("2607", "sepa_debit"), ("4242", "card"))


class Crash(Exception):
    """The process dies here."""


@dataclass
class Weather:
    """Breaks the line to Stripe, before or after it did what it was asked, and the process at a statement."""

    chance: random.Random
    line: float = 0.0
    statement: float = 0.0
    crashes: Counter[str] = field(default_factory=Counter)

    def trouble(self, method: str, url: str) -> str:
        if self.chance.random() >= self.line:
            return ""
        found = self.chance.choice(["before", "after"])
        self.crashes[found] += 1
        return found

    def wrap(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.chance.random() < self.statement and not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.crashes["statement"] += 1
            raise Crash
        return execute(sql, params, many, context)

    @contextmanager
    def bad(self) -> Iterator[None]:
        self.line, self.statement = 0.04, 0.01
        try:
            with connection.execute_wrapper(self.wrap):
                yield
        finally:
            self.line = self.statement = 0.0


@dataclass
class History:
    stripe: Stripe
    account: Account
    weather: Weather
    invoices: list[Invoice] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    lost: int = 0

    @property
    def chance(self) -> random.Random:
        return self.weather.chance

    def run(self, steps: int) -> None:
        acts: list[Callable[[], None]] = [self.issues, self.sets_up, self.sweeps, self.sweeps, self.pays, self.banks,
                                          self.takes_back, self.refunds, self.contests, self.gives_up]  # fmt: skip
        self.issues()
        self.chance.choice([self.sets_up, self.pays])()
        for _step in range(steps):
            self.chance.choice(acts)()
            self.hears()
        self.ends()

    def survives(self, act: Callable[[], object]) -> None:
        """Do it in bad weather: whatever dies is left as it is."""
        with self.weather.bad():
            try:
                act()
            except (Crash, library.StripeError, Unavailable, NothingToPay):
                transaction.set_rollback(False)  # the statement was never sent: what came before it is kept

    def issues(self) -> None:
        due = timezone.localdate() + timedelta(days=self.chance.randrange(3))
        number = f"FAC-{self.account.pk.hex[-4:]}-{len(self.invoices)}"
        self.invoices.append(invoice(self.account, number, net=self.chance.randrange(100, 90000), due=due))

    def sets_up(self) -> None:
        last4, kind = self.chance.choice(CHOICES)
        self.survives(lambda: give(self.stripe, setup_url(self.fresh(), BACK), last4, kind))

    def sweeps(self) -> None:
        day = timezone.localdate() + timedelta(days=self.chance.randrange(5))
        self.survives(lambda: catch_up(day))
        if self.chance.random() < 0.5:
            self.banks()

    def pays(self) -> None:
        """On the page of one invoice."""
        last4, kind = self.chance.choice(CHOICES)
        asked = self.chance.choice(self.invoices)
        self.survives(lambda: give(self.stripe, payment_url(asked, BACK), last4, kind))

    def banks(self) -> None:
        paying.settle_all(self.stripe)

    def refunds(self) -> None:
        whole, part = {}, {"amount": "50"}
        for intent in self._received():
            charge = self.stripe.held[intent["latest_charge"]]
            if charge["amount"] > charge["amount_refunded"] and not charge["disputed"]:
                paying.refund(self.stripe, {"payment_intent": intent["id"], **self.chance.choice([whole, part])})
                return
        refund = next(self.stripe.all("refund", status="succeeded"), None)
        if refund is not None:
            paying.fail_refund(self.stripe, refund)

    def contests(self) -> None:
        argued = next(self.stripe.all("dispute", status="needs_response"), None)
        if argued is not None:
            paying.close(self.stripe, argued, won=self.chance.random() < 0.5)
            return
        for intent in self._received():
            charge = self.stripe.held[intent["latest_charge"]]
            if not charge["disputed"] and not charge["amount_refunded"]:
                paying.dispute(self.stripe, intent)
                return

    def takes_back(self) -> None:
        account = self.fresh()
        if self.chance.random() < 0.5:
            contest_mandate(self.stripe, account)
        for method in means(self.stripe, account)[:1]:
            if method["customer"]:
                people.detach(self.stripe, {}, method["id"])

    def gives_up(self) -> None:
        """The customer is deleted at Stripe, now and then."""
        customer = self.fresh().stripe_customer
        found = self.stripe.held.get(customer, {"deleted": True})
        if self.chance.random() < 0.3 and not found.get("deleted"):
            people.delete(self.stripe, {}, customer)

    def hears(self) -> None:
        """Events of Stripe's: some doubled, some late, some lost, in no order."""
        self.waiting += self.stripe.untold()
        self.chance.shuffle(self.waiting)
        count = self.chance.randrange(len(self.waiting) + 1)
        told, self.waiting = self.waiting[:count], self.waiting[count:]
        for event in told:
            if self.chance.random() < 0.1:
                self.lost += 1
                continue
            for _time in range(self.chance.choice([1, 1, 1, 2])):
                self.survives(lambda event=event: hear(event))  # type: ignore[misc]

    def ends(self) -> None:
        """What was lost is replayed; then we rest."""
        for event in self.waiting:
            self.survives(lambda event=event: hear(event))  # type: ignore[misc]
        paying.settle_all(self.stripe)
        replay(since=timezone.now() - timedelta(days=1))
        self.stripe.untold()

    def fresh(self) -> Account:
        self.account.refresh_from_db()
        return self.account

    def _received(self) -> list[Any]:
        return list(self.stripe.all("payment_intent", status="succeeded"))


@dataclass(frozen=True)
class End:
    """Where a history ends: by our rows, and by an oracle that reads Stripe's objects only."""

    method: str
    means: str
    paid: tuple[int, ...]
    mirrors: tuple[tuple[str, str], ...]


def ours(history: History) -> End:
    account = history.fresh()
    sums = Counter[str]()
    for invoice_id, cents in Payment.objects.filter(invoice__account=account).values_list("invoice_id", "cents"):
        sums[str(invoice_id)] += cents
    rows = StripeInvoice.objects.filter(invoice__account=account).values_list("stripe_id", "status")
    paid = tuple(sums[str(each.pk)] for each in history.invoices)
    return End(account.method, account.stripe_payment_method, paid, tuple(sorted(rows)))


def oracle(history: History) -> End:
    """From the final objects: nothing of `billing.collecting` is used."""
    held, stripe = history.stripe.held, history.stripe
    customers = [each["id"] for each in stripe.all("customer") if not each.get("deleted")]
    given = [each for customer in customers for each in stripe.all("payment_method", customer=customer)]
    last = given[-1] if given else None
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
    mirrors = tuple(sorted((each["id"], each["status"]) for each in stripe.all("invoice")))
    paid = tuple(sums[str(each.pk)] for each in history.invoices)
    return End(last["type"] if last else "transfer", last["id"] if last else "", paid, mirrors)
