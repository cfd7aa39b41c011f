"""What letters say of money and of days: whose it is, what is left, from when to when."""

from datetime import date

import pytest
from time_machine import travel

from billing.actions.invoicing import record_payment
from billing.actions.letters import invoice_issued, invoice_late, order_accepted
from billing.actions.quoting import make_quote
from billing.models import Subscription
from billing.models.invoice import Source
from billing.office.tests.conftest import subscribed
from billing.prices import Rhythm
from billing.queries.offers import Buyer
from billing.tests.stripes import invoice
from billing.tests.test_from_quote_to_invoice import NOON, WHO, commune, ordered, quoted
from tenants.models import Commune
from tests.cast import Cast

__all__ = ["commune"]


@pytest.fixture
def subscription(cast: Cast) -> Subscription:
    return subscribed(cast.aubin)


def test_an_invoice_says_for_which_commune_it_is(subscription: Subscription) -> None:
    letter = invoice_issued(invoice(subscription.account, "FAC-1"))
    assert letter.paragraphs[0].startswith("Commune de Saint-Aubin : 120,00")


def test_a_late_notice_asks_for_what_is_left(subscription: Subscription) -> None:
    late = invoice(subscription.account, "FAC-1", due=date(2026, 5, 2))
    assert "elle s’élève à 120,00" in invoice_late(late).paragraphs[0]
    record_payment(
        invoice=late, cents=2000, received_on=date(2026, 5, 2), source=Source.TRANSFER, reference="v", author="a"
    )
    said = invoice_late(late).paragraphs[0]
    assert "il en reste 100,00" in said
    assert "120,00" not in said


@travel(NOON, tick=False)
def test_an_accepted_order_says_from_when_to_when(commune: Commune) -> None:
    order = ordered(quoted(commune, "news", start=date(2027, 5, 1)))
    assert "du 1er mai 2027 au 31 décembre 2027" in order_accepted(order, "").paragraphs[0]


@travel(NOON, tick=False)
def test_an_accepted_order_of_sms_speaks_of_no_subscription(commune: Commune) -> None:
    quote = make_quote(
        account_facts=Buyer.commune(commune),
        wanted={commune: ()},
        rhythm=Rhythm.YEARLY,
        aligned=False,
        start=None,
        moment="start",
        contact=WHO,
        sms={"500": 1},
    )
    assert order_accepted(ordered(quote), "").paragraphs[0] == "Ce qui est commandé est à la commune."
