"""What billing keeps of a commune."""

from datetime import date
from hashlib import sha256

from django.utils import timezone

from billing.models import (
    Account,
    Choice,
    Grant,
    Invoice,
    InvoiceTerm,
    Notice,
    Order,
    Paper,
    Payment,
    PriceVersion,
    Quote,
    Recipient,
    Sequence,
    StripeDifference,
    StripeEvent,
    StripeInvoice,
    StripePayment,
    StripeSubscription,
    Subscription,
    Term,
)
from billing.papers.tests import making
from billing.prices import Rhythm
from billing.prices.tests.books import first_json
from billing.queries.offers import Buyer, Contact, Offer, Offered
from tenants.models import Commune, Space
from tests.cast import FAR
from tests.planting import Mark, Plot, factory

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def paper(kind: str, mark: Mark) -> Paper:
    content = mark.text.encode()
    return Paper.objects.create(
        kind=kind, name=f"{mark.secret}.pdf", content=content, sha256=sha256(content).hexdigest()
    )


@factory(PriceVersion, marked=False)
def book(plot: Plot, mark: Mark) -> PriceVersion:
    defaults = {"content": {**first_json(), "number": 9001}, "drafted_by": mark.email}
    return PriceVersion.objects.get_or_create(number=9001, defaults=defaults)[0]


@factory(Sequence, marked=False)
def sequence(plot: Plot, mark: Mark) -> Sequence:
    return Sequence.objects.get_or_create(series="FAC", year=1999)[0]


@factory(Paper)
def kept(plot: Plot, mark: Mark) -> Paper:
    return paper(Paper.Kind.SIGNED_QUOTE, mark)


@factory(Account)
def account(plot: Plot, mark: Mark) -> Account:
    commune = plot[Commune]
    return Account.objects.update_or_create(
        commune=commune,
        defaults={
            "kind": Account.Kind.COMMUNE,
            "name": mark.text,
            "departement": commune.departement,
            "changed_by": mark.email,
        },
    )[0]


@factory(Recipient)
def recipient(plot: Plot, mark: Mark) -> Recipient:
    return Recipient.objects.create(account=plot[Account], email=mark.email, label=mark.text, added_by=mark.email)


@factory(Quote)
def quote(plot: Plot, mark: Mark) -> Quote:
    commune = plot[Commune]
    whose = (commune.name, commune.departement, commune.population)
    offer = Offer(
        buyer=Buyer.commune(commune),
        contact=Contact("", "", ""),
        communes=(Offered(commune.insee, *whose, 100, ("news",)),),
        rhythm=Rhythm.YEARLY,
        aligned=True,
        start=FIRST,
        moment="end",
        sms=(),
        paper=making.quote(),
    )
    return Quote.objects.create(
        number=mark.secret,
        account=plot[Account],
        book=plot[PriceVersion],
        content=offer.as_json(),
        net=100,
        vat=20,
        issued_on=FIRST,
        valid_until=LAST,
        contact_name=mark.text,
        contact_email=mark.email,
        paper=paper(Paper.Kind.QUOTE, mark),
        made_by=mark.email,
    )


@factory(Order)
def order(plot: Plot, mark: Mark) -> Order:
    return Order.objects.create(
        number=mark.secret,
        quote=plot[Quote],
        means=Order.Means.PURCHASE_ORDER,
        reference=mark.text,
        siret="0" * 14,
        moment="end",
        ordered_by=mark.text,
        capacity="Maire",
        email=mark.email,
    )


@factory(Subscription)
def subscription(plot: Plot, mark: Mark) -> Subscription:
    return Subscription.objects.update_or_create(
        space=plot[Space],
        defaults={
            "commune": plot[Commune],
            "account": plot[Account],
            "began_on": FIRST,
            "trial_until": FAR,
            "ended_by": mark.email,
        },
    )[0]


@factory(Term)
def term(plot: Plot, mark: Mark) -> Term:
    return Term.objects.create(
        subscription=plot[Subscription],
        order=plot[Order],
        account=plot[Account],
        book=plot[PriceVersion],
        rhythm="yearly",
        aligned=True,
        moment="end",
        first=FIRST,
        last=LAST,
        cut_by=mark.email,
    )


@factory(Choice)
def choice(plot: Plot, mark: Mark) -> Choice:
    return Choice.objects.create(term=plot[Term], since=FIRST, modules=["news"], made_by=mark.email)


@factory(Notice)
def notice(plot: Plot, mark: Mark) -> Notice:
    return Notice.objects.create(subscription=plot[Subscription], name=mark.secret)


@factory(Invoice)
def invoice(plot: Plot, mark: Mark) -> Invoice:
    return Invoice.objects.create(
        number=mark.secret,
        kind=Invoice.Kind.INVOICE,
        account=plot[Account],
        order=plot[Order],
        first=FIRST,
        last=LAST,
        issued_on=LAST,
        due_on=LAST,
        content=making.invoice().as_json(),
        net=100,
        vat=20,
        paper=paper(Paper.Kind.INVOICE, mark),
        issued_by=mark.email,
    )


@factory(InvoiceTerm, marked=False)
def invoice_term(plot: Plot, mark: Mark) -> InvoiceTerm:
    return InvoiceTerm.objects.create(invoice=plot[Invoice], term=plot[Term])


@factory(Payment)
def payment(plot: Plot, mark: Mark) -> Payment:
    return Payment.objects.create(
        invoice=plot[Invoice],
        cents=120,
        received_on=LAST,
        source=Payment.Source.TRANSFER,
        reference=mark.secret,
        recorded_by=mark.email,
    )


@factory(Grant)
def grant(plot: Plot, mark: Mark) -> Grant:
    return Grant.objects.create(
        space=plot[Space], module="news", reason=mark.text, given_by=mark.email, withdrawn_at=timezone.now()
    )


@factory(StripeEvent)
def event(plot: Plot, mark: Mark) -> StripeEvent:
    return StripeEvent.objects.create(
        id=mark.secret, type="invoice.paid", object_id=mark.secret, outcome="same", created_at=timezone.now()
    )


@factory(StripeInvoice)
def stripe_invoice(plot: Plot, mark: Mark) -> StripeInvoice:
    return StripeInvoice.objects.create(invoice=plot[Invoice], stripe_id=mark.secret, status="open")


@factory(StripePayment)
def stripe_payment(plot: Plot, mark: Mark) -> StripePayment:
    return StripePayment.objects.create(
        invoice=plot[Invoice], stripe_id=mark.secret, cents=120, status="succeeded", begun_at=timezone.now()
    )


@factory(StripeSubscription)
def stripe_subscription(plot: Plot, mark: Mark) -> StripeSubscription:
    return StripeSubscription.objects.create(subscription=plot[Subscription], stripe_id=mark.secret, status="active")


@factory(StripeDifference)
def difference(plot: Plot, mark: Mark) -> StripeDifference:
    return StripeDifference.objects.create(subject=mark.secret, text=mark.text)


SAMPLES = {
    ("billing", "invoice"): Invoice,
    ("billing", "quote"): Quote,
    ("billing", "order"): Order,
    ("billing", "recipient"): Recipient,
    ("offer_commune", "insee"): Commune,
    ("offer_commune_price", "insee"): Commune,
    ("offer_group", "siren"): "200000016",
    ("offer_group_modules", "siren"): "200000016",
    ("offer_group_price", "siren"): "200000016",
    ("quote", "quote"): Quote,
    ("quote_paper", "quote"): Quote,
    ("quote_deliberation", "quote"): Quote,
    ("quote_confirmation", "quote"): Quote,
    ("quote_invoice", "quote"): Quote,
    ("quote_invoice", "invoice"): Invoice,
    ("quote_order", "quote"): Quote,
    ("quote_again", "quote"): Quote,
}
