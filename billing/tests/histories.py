"""A history: what a payer, a bank and we do, told to us as badly as can be, with crashes anywhere."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import stripe as library
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from billing.collecting import NothingToPay, Unavailable, catch_up, hear, night, payment_url, replay, setup_url
from billing.models import Account, Choice, Invoice, StripeDifference, Term
from billing.tests.meddling import CHANGES
from billing.tests.stripes import BACK, SECRET, contest_mandate, give, invoice, means
from billing.webhooks.views import webhook
from deploy.local.stripe import Stripe, invoicing, paying, people
from deploy.local.stripe.state import Thing
from deploy.local.stripe.webhooks import signature

MODULES = ("news", "alerts", "presentation")
# How often the line breaks while we act, and while we hear.
STORMS = ((0.04, 0.04), (0.04, 0.4), (0.15, 0.04))
CHOICES = (("2606", "sepa_debit"), ("2607", "sepa_debit"), ("4242", "card"), ("4242", "card"))


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
        own = method == "POST" and url.startswith("/v1/subscriptions")  # rare among many that go before it
        if self.chance.random() >= self.line * (5 if own else 1):
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
    def bad(self, line: float = 0.04) -> Iterator[None]:
        self.line, self.statement = line, 0.01
        try:
            with connection.execute_wrapper(self.wrap):
                yield
        finally:
            self.line = self.statement = 0.0


@dataclass
class History:
    stripe: Stripe
    account: Account
    term: Term
    weather: Weather
    used: bool
    lines: tuple[float, float] = (0.0, 0.0)
    invoices: list[Invoice] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    lost: int = 0
    forged: int = 0
    meddled: int = 0
    alarms: list[str] = field(default_factory=list)
    planted: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def chance(self) -> random.Random:
        return self.weather.chance

    def run(self, steps: int) -> None:
        paying_acts = [self.pays, self.takes_back, self.refunds, self.refunds, self.contests, self.contests,
                       self.gives_up]  # fmt: skip
        self.lines = self.chance.choice(STORMS)
        using_acts = [self.chooses, self.turns, self.meddles, self.takes_back, self.gives_up]
        acts = [self.issues, self.sets_up, self.sweeps, self.sweeps, self.banks]
        self.issues()
        if not self.used:
            acts += paying_acts
            self.chance.choice([self.sets_up, self.pays])()
        else:
            acts += using_acts
            self.turns()
            for act in (self.sets_up, self.hears, self.sweeps):
                act()
        for _step in range(steps):
            self.chance.choice(acts)()
            self.hears()
        self.ends()

    def survives(self, act: Callable[[], object], line: float | None = None) -> None:
        """Do it in bad weather: whatever dies is left as it is."""
        with self.weather.bad(self.lines[0] if line is None else line):
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

    def chooses(self) -> None:
        """Other modules, or as one of so many communes."""
        modules = self.chance.sample(MODULES, self.chance.randrange(len(MODULES) + 1))
        Choice.objects.create(term=self.term, since=timezone.localdate(), modules=modules, made_by="x")
        Term.objects.filter(pk=self.term.pk).update(communes=self.chance.choice([1, 5, 1000]))
        self.sweeps()

    def turns(self) -> None:
        """What is in force is cut; or what was cut goes on, at either rhythm."""
        self.term.refresh_from_db()
        self.term.cut_on = timezone.localdate() if self.term.cut_on is None else None
        self.term.rhythm = self.chance.choice(["monthly", "yearly"])
        self.term.save(update_fields=["cut_on", "rhythm"])

    def meddles(self) -> None:
        """Somebody changes a mirror in Stripe's own pages."""
        mirror = next(self.mirrors(), None)
        if mirror is not None:
            self.meddled += 1
            self.chance.choice(CHANGES)(self.stripe, mirror)

    def mirrors(self) -> Iterator[Thing]:
        found = list(self.stripe.all("subscription"))
        return (each for each in found if each["status"] != "canceled" and each["items"]["data"])

    def banks(self) -> None:
        paying.settle_all(self.stripe)

    def refunds(self) -> None:
        whole, part = {}, {"amount": "50"}
        for intent in self._received():
            charge = self.stripe.held[intent["latest_charge"]]
            if charge["amount"] > charge["amount_refunded"] and not charge["disputed"]:
                made = paying.refund(self.stripe, {"payment_intent": intent["id"], **self.chance.choice([whole, part])})
                if self.chance.random() < 0.4:
                    self.hears()
                    paying.fail_refund(self.stripe, made)
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
                made = paying.dispute(self.stripe, intent)
                if made["status"] == "needs_response" and self.chance.random() < 0.8:
                    self.hears()
                    paying.close(self.stripe, made, won=self.chance.random() < 0.7)
                return

    def takes_back(self) -> None:
        if self.chance.random() < 0.5:
            self.hears()
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
        """Events of Stripe's: some doubled, some late, some lost, some not Stripe's at all, in no order."""
        self.waiting += self.stripe.untold()
        self.chance.shuffle(self.waiting)
        count = self.chance.randrange(len(self.waiting) + 1)
        told, self.waiting = self.waiting[:count], self.waiting[count:]
        for event in told:
            luck = self.chance.random()
            if luck < 0.1:
                self.lost += 1
                continue
            if luck > 0.97:
                self.forged += 1
                self.tells({**event, "id": f"evt_forged{self.forged}"}, "whsec_of_another")
            for _time in range(self.chance.choice([1, 1, 1, 2])):
                self.tells(event)
            if self.chance.random() < 0.1:  # again, once others came
                self.waiting.append(event)

    def tells(self, event: Thing, secret: str = SECRET) -> None:
        body = json.dumps(event).encode()
        headers = {"Stripe-Signature": signature(body, secret, int(time.time()))}
        request = RequestFactory().post("/stripe/webhook/", body, "application/json", headers=headers)
        self.survives(lambda: webhook(request), self.lines[1])

    def ends(self) -> None:
        """What was lost is replayed; where a commune is used, or now and then, a whole night passes; then we rest."""
        for event in self.waiting:
            self.tells(event)
        paying.settle_all(self.stripe)
        if self.used or self.chance.random() < 0.05:
            self.sleeps()
        else:
            self.stripe.untold()
            replay(since=timezone.now() - timedelta(days=1))
            self.hears_all()
        if not self.meddled:
            self.alarms = [row.text for row in told_of_mirrors()]
        if self.used and self.chance.random() < 0.3:
            self.plants()
            self.sleeps()
            said = " ".join(f"{row.subject} {row.text}" for row in StripeDifference.objects.all())
            self.told = [name for name in self.planted if name in said]
        self.stripe.untold()

    def sleeps(self) -> None:
        """A night, and what it set in motion."""
        self.stripe.untold()
        night()
        paying.settle_all(self.stripe)
        self.hears_all()

    def hears_all(self) -> None:
        """What our own calls made happen too."""
        while fresh := self.stripe.untold():
            for event in fresh:
                hear(event)

    def plants(self) -> None:
        """Something at Stripe that must be told in the morning."""
        customer = next((each["id"] for each in self.stripe.all("customer") if not each.get("deleted")), "")
        self.planted = [self.stripe.make("customer", name="Inconnu")["id"]]
        if customer:
            facts = {"customer": customer, "status": "active", "metadata": {}, "items": {"data": []}}
            self.planted.append(self.stripe.make("subscription", **facts)["id"])
            self.planted.append(invoicing.draft(self.stripe, customer, "send_invoice", 30, {})["id"])
        for mirror in self.mirrors():
            self.planted.append(mirror["id"])
            self.chance.choice(CHANGES)(self.stripe, mirror)

    def fresh(self) -> Account:
        self.account.refresh_from_db()
        return self.account

    def _received(self) -> list[Any]:
        if not any(self.stripe.all("payment_intent", status="succeeded")):
            self.pays()
            self.banks()
        return list(self.stripe.all("payment_intent", status="succeeded"))


def told_of_mirrors() -> list[StripeDifference]:
    """Differences that nothing but somebody's hand makes; others follow from what was paid and given back."""
    rows = StripeDifference.objects.all()
    return [row for row in rows if "abonnement" in f"{row.subject} {row.text}" or " client " in row.text]
