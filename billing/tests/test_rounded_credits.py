"""What is given back in several credit notes leaves no cent of VAT to pay."""

from datetime import date

from billing.models import Invoice, Paper, Term
from billing.papers import keep
from billing.prices import vat_of
from billing.queries.arrears import unpaid_by_all
from billing.queries.money import outstanding
from billing.tests.living import ordered, trying
from tests.cast import Cast

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


def issued(term: Term, number: str, net: int, cancels: str = "") -> Invoice:
    made = Invoice.objects.create(
        number=number,
        kind=Invoice.Kind.CREDIT_NOTE if cancels else Invoice.Kind.INVOICE,
        account=term.account,
        order=term.order,
        first=FIRST,
        last=LAST,
        issued_on=FIRST,
        due_on=FIRST,
        content={"cancels": cancels},
        net=net,
        vat=vat_of(net, 2000),
        paper=keep(Paper.Kind.INVOICE, number, number.encode()),
        issued_by="a",
    )
    made.terms.add(term)
    return made


def test_no_cent_is_late_of_what_was_wholly_given_back(cast: Cast) -> None:
    term = ordered(trying(cast.aubin, FIRST, FIRST), FIRST, LAST, ["news"])
    invoice = issued(term, "F-1", 104)
    issued(term, "A-1", -52, invoice.number)
    assert outstanding(invoice) == 104 + 21 - 52 - 10
    assert [each.cents for each in unpaid_by_all()] == [63]
    issued(term, "A-2", -52, invoice.number)
    assert outstanding(invoice) == 0
    assert unpaid_by_all() == []
