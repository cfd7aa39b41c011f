"""What rows say was asked is what the price book asks: pages that show them show its amounts."""

import pytest
from django.db.models import Q

from billing.models import Invoice, Quote, Term
from billing.prices import vat_of, vat_rate
from tests.amounts.money import Running, lines_of
from tests.amounts.scenes import SCENES, played
from tests.cast import Cast


@pytest.mark.parametrize("name", list(SCENES))
def test_what_was_offered_and_asked_is_what_the_price_book_asks_for_those_days(name: str, cast: Cast) -> None:
    scene = played(name, cast)
    quotes, invoices = Quote.objects.all(), Invoice.objects.all()
    assert quotes and invoices
    for quote in quotes:
        assert [line["net"] for line in quote.content["paper"]["lines"]] == list(lines_of(quote))
        assert quote.net == sum(lines_of(quote))
        assert quote.vat == vat_of(quote.net, vat_rate(quote.book.book, quote.account.departement))
    waits = Q(subscription__space=None) | Q(subscription__space__state="pending")  # nothing is asked of them yet
    for term in Term.objects.exclude(waits):
        running = Running(term)
        for period in running.days.asked_apart:
            is_due = (period.first if term.moment == "start" else period.last) < scene.day
            assert running.asked(period) == (running.cost(period) if is_due else 0)
    for invoice in invoices:
        assert invoice.order is not None
        rate = vat_rate(invoice.order.quote.book.book, invoice.account.departement)
        assert invoice.net == sum(line["net"] for line in invoice.content["lines"])
        assert invoice.vat == vat_of(invoice.net, rate)
        if not invoice.terms.exists():
            assert invoice.net == sum(lines_of(invoice.order.quote))
