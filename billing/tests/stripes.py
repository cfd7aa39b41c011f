"""A Stripe for one test, and what is decided there: a person, a bank, a card holder."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from billing.collecting import hear
from billing.models import (
    Account,
    Choice,
    Invoice,
    Order,
    Paper,
    PriceVersion,
    Quote,
    StripeDifference,
    Subscription,
    Term,
)
from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from deploy.local.stripe import Stripe, people, sessions
from deploy.local.stripe.server import StripeServer
from deploy.local.stripe.webhooks import signature, written
from tenants.models import Commune, Space

KEY, SECRET = "sk_test_of_a_test", "whsec_of_a_test"
BACK = "https://example.org/"


@contextmanager
def serving(stripe: Stripe) -> Iterator[StripeServer]:
    """On a free port, until the block ends."""
    server = StripeServer(stripe, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def post(client: Client, event: dict[str, Any], *, secret: str = SECRET, at: int = 0, clock: Any = None) -> Any:
    """Tell an event as Stripe does."""
    body = written(event)
    header = signature(body, secret, at or int(clock()))
    return client.post("/stripe/webhook/", body, "application/json", headers={"Stripe-Signature": header})


def payer(commune: Commune, **facts: Any) -> Account:
    found, _made = Account.objects.update_or_create(
        commune=commune,
        defaults={
            "kind": Account.Kind.COMMUNE,
            "name": f"Commune de {commune.name}",
            "departement": commune.departement,
            "city": commune.name,
            "changed_by": "essai@example.org",
            **facts,
        },
    )
    return found


def invoice(account: Account, number: str, *, net: int = 10000, due: date | None = None, **facts: Any) -> Invoice:
    """Issued as the office does, its lines those of its content."""
    issued = (due or date(2026, 11, 30)) - timedelta(days=30)
    lines = [{"label": "Actualités", "net": net // 3}, {"label": "Alertes", "net": net - net // 3}]
    paper = Paper.objects.create(kind=Paper.Kind.INVOICE, name=f"{number}.pdf", content=b"", sha256="0" * 64)
    return Invoice.objects.create(
        number=number,
        kind=facts.pop("kind", Invoice.Kind.INVOICE),
        account=account,
        issued_on=issued,
        due_on=issued + timedelta(days=30),
        content={"lines": lines},
        net=net,
        vat=net // 5,
        paper=paper,
        issued_by="essai@example.org",
        **facts,
    )


def give(stripe: Stripe, url: str, last4: str = "2606", kind: str = "sepa_debit") -> bool:
    """Click on the page of this address."""
    return sessions.complete(stripe, stripe.held[url.rsplit("/", 1)[1]], kind, last4)


def means(stripe: Stripe, account: Account) -> list[dict[str, Any]]:
    return list(stripe.all("payment_method", customer=account.stripe_customer))


def contest_mandate(stripe: Stripe, account: Account) -> None:
    for mandate in list(stripe.all("mandate", status="active")):
        if stripe.held[mandate["payment_method"]]["customer"] == account.stripe_customer:
            people.revoke(stripe, mandate)


def heard(stripe: Stripe) -> None:
    for event in stripe.untold():
        hear(event)


def said() -> list[tuple[str, str]]:
    """What is told as different now."""
    rows = StripeDifference.objects.filter(gone_at=None).order_by("subject", "text")
    return list(rows.values_list("subject", "text"))


def letters() -> int:
    with entered(OPERATOR):
        return OutgoingEmail.objects.filter(subject__contains="Stripe").count()


def used(account: Account) -> Term:
    """A year of « Actualités » at the first price book, for one of five communes."""
    commune, book, today = account.commune, PriceVersion.objects.get(number=1), timezone.localdate()
    paper = Paper.objects.create(kind=Paper.Kind.QUOTE, name="DEV-1.pdf", content=b"", sha256="0" * 64)
    quote = Quote.objects.create(
        number="DEV-1", account=account, book=book, content={}, net=1, vat=0, issued_on=date(2026, 1, 1),
        valid_until=date(2026, 12, 31), paper=paper, made_by="x",
    )  # fmt: skip
    order = Order.objects.create(
        number="CMD-1", quote=quote, means="online", siret="0" * 14, moment="end", ordered_by="x", capacity="x",
        email="x",
    )  # fmt: skip
    days = {"began_on": date(2026, 1, 1), "trial_until": date(2026, 3, 1)}
    subscription, _made = Subscription.objects.update_or_create(
        space=Space.objects.get(commune=commune), defaults={"commune": commune, "account": account, **days}
    )
    term = Term.objects.create(
        subscription=subscription, order=order, account=account, book=book, population=300, rhythm="yearly",
        aligned=False, moment="end", first=today - timedelta(days=10), last=today + timedelta(days=300), communes=5,
    )  # fmt: skip
    Choice.objects.create(term=term, since=term.first, modules=["news"], made_by="x")
    return term
