"""The papers of a commune: its own, as they were issued, in as many statements whatever their number."""

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.models import Account, Invoice, Paper, Payment, PriceVersion, Quote
from billing.office.tests.conftest import HOME, subscribed
from tests.cast import Cast

DOCUMENTS = f"{HOME}documents/"
TODAY = date.today()


def paper(kind: str) -> Paper:
    content = b"%PDF-1.7 " + uuid4().bytes
    return Paper.objects.create(kind=kind, name="FAC.pdf", content=content, sha256=sha256(content).hexdigest())


def invoiced(
    account: Account, number: str, *, due: date = TODAY + timedelta(days=30), net: int = 10_000, cancels: str = ""
) -> Invoice:
    return Invoice.objects.create(
        number=number,
        kind=Invoice.Kind.CREDIT_NOTE if net < 0 else Invoice.Kind.INVOICE,
        account=account,
        issued_on=TODAY,
        due_on=due,
        content={"cancels": cancels} if cancels else {},
        net=net,
        vat=net // 5,
        paper=paper("invoice"),
        issued_by="test",
    )


def quoted(account: Account, number: str) -> Quote:
    book, _ = PriceVersion.objects.get_or_create(number=9002, defaults={"content": {}, "drafted_by": "test"})
    return Quote.objects.create(
        number=number,
        account=account,
        book=book,
        content={},
        net=100,
        vat=20,
        issued_on=TODAY,
        valid_until=TODAY + timedelta(days=90),
        paper=paper("quote"),
        deliberation=paper("deliberation"),
        made_by="test",
    )


@pytest.mark.parametrize("kind", ["factures", "devis", "deliberations", "commandes", "devis-signes"])
def test_a_paper_that_does_not_exist_is_not_found(kind: str, account: Account, administrator: Client) -> None:
    assert administrator.get(f"{DOCUMENTS}{kind}/{uuid4()}/").status_code == 404


def test_another_communes_papers_are_not_found(cast: Cast, account: Account, administrator: Client) -> None:
    theirs = subscribed(cast.belleville).account
    invoice, quote = invoiced(theirs, "FAC-1999-000001"), quoted(theirs, "DEV-1999-000001")
    assert administrator.get(f"{DOCUMENTS}factures/{invoice.pk}/").status_code == 404
    assert administrator.get(f"{DOCUMENTS}devis/{quote.pk}/").status_code == 404
    assert administrator.get(f"{DOCUMENTS}deliberations/{quote.pk}/").status_code == 404
    page = administrator.get(DOCUMENTS).content.decode()
    assert "1999" not in page


def test_an_invoice_is_given_as_it_was_issued_to_be_kept_and_by_nobody_between(
    account: Account, accountant: Client
) -> None:
    invoice = invoiced(account, "FAC-1999-000002")
    answer = accountant.get(f"{DOCUMENTS}factures/{invoice.pk}/")
    assert answer.content == bytes(invoice.paper.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_each_invoice_says_where_it_stands(account: Account, administrator: Client) -> None:
    invoiced(account, "FAC-1999-000003", due=TODAY - timedelta(days=1))
    paid = invoiced(account, "FAC-1999-000004")
    Payment.objects.create(
        invoice=paid, cents=12_000, received_on=TODAY, source="transfer", reference="v1", recorded_by="test"
    )
    cancelled = invoiced(account, "FAC-1999-000005")
    note = invoiced(account, "AV-1999-000001", net=-10_000)
    Invoice.objects.filter(pk=note.pk).exists()
    page = administrator.get(DOCUMENTS).content.decode()
    assert "en retard depuis le" in page
    assert "payée" in page
    assert "à payer avant le" in page
    assert "en votre faveur" in page
    assert cancelled.number in page


def test_what_credit_notes_gave_back_is_not_asked_for(account: Account, administrator: Client) -> None:
    late = invoiced(account, "FAC-1999-000006", due=TODAY - timedelta(days=1))
    assert "en retard depuis le" in administrator.get(DOCUMENTS).content.decode()
    invoiced(account, "AV-1999-000002", net=-4_000, cancels=late.number)
    Payment.objects.create(
        invoice=late, cents=7_200, received_on=TODAY, source="transfer", reference="v2", recorded_by="test"
    )
    page = administrator.get(DOCUMENTS).content.decode()
    assert "en retard" not in page
    assert "payée" in page
    assert "Facture en retard" not in administrator.get("/mairie/").content.decode()


def test_the_list_costs_as_many_statements_whatever_it_holds_and_shows_pages(
    account: Account, administrator: Client
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert administrator.get(DOCUMENTS).status_code == 200
        return len(caught)

    invoiced(account, "FAC-1998-000001")
    quoted(account, "DEV-1998-000001")
    cost()
    few = cost()
    for number in range(2, 40):
        invoiced(account, f"FAC-1998-{number:06}")
    assert cost() <= few
    page = administrator.get(DOCUMENTS).content.decode()
    assert "Page 1 sur 2" in page
    assert administrator.get(f"{DOCUMENTS}?page=zzz&genre=nimporte").status_code == 200
    assert "DEV-1998" not in administrator.get(f"{DOCUMENTS}?genre=factures").content.decode()


def test_an_intercommunalitys_invoices_are_its_own(
    cast: Cast, account: Account, administrator: Client, client_of: Callable[..., Client]
) -> None:
    group = Account.objects.create(
        kind=Account.Kind.GROUP, name="CC du Beffroi", siren="200000000", departement="80", changed_by="test"
    )
    invoice = invoiced(group, "FAC-1999-000009")
    subscription = account.subscriptions.get()
    subscription.account = group
    subscription.save()
    assert administrator.get(f"{DOCUMENTS}factures/{invoice.pk}/").status_code == 404
    page = administrator.get(DOCUMENTS).content.decode()
    assert invoice.number not in page
    assert "CC du Beffroi paie" in page
