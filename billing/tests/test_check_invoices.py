"""Whoever tampers with what was issued is found, whatever was touched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from billing.models import Account, Invoice, Paper, PriceVersion, Quote, Sequence
from billing.papers import Document, Kind, PaperKind, Series, facturx, keep, number
from billing.papers.tests.making import COMMUNE, credit_note, invoice
from tests.cast import Cast

DAY = date(2031, 3, 1)


def said() -> str:
    out = StringIO()
    call_command("check_invoices", stdout=out)
    return out.getvalue()


def refused() -> str:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_invoices", stdout=out)
    return out.getvalue()


@pytest.fixture
def account(cast: Cast) -> Account:
    return Account.objects.create(
        kind=Account.Kind.GROUP, name="Pays", siren="000999995", departement="11", changed_by="x"
    )


@pytest.fixture
def issue(account: Account) -> Callable[..., Invoice]:
    def made(document: Document, **row: Any) -> Invoice:
        series = Series.INVOICE if document.kind is Kind.INVOICE else Series.CREDIT_NOTE
        document = replace(document, number=number(series, DAY), issued_on=DAY, due_on=date(2031, 3, 31))
        values = {
            "number": document.number, "kind": document.kind.value, "account": account, "first": document.period.first,
            "last": document.period.last, "issued_on": document.issued_on, "due_on": document.due_on,
            "content": document.as_json(), "net": document.net, "vat": document.vat, "issued_by": "x",
            "parts": [{"key": "base", "cents": 1, "net": document.net}],
        } | row  # fmt: skip
        return Invoice.objects.create(
            paper=keep(PaperKind.INVOICE, f"{document.number}.pdf", facturx(document)), **values
        )

    return made


@pytest.fixture
def tampered() -> Callable[[str], None]:
    """As somebody who holds the database and takes the triggers off."""

    def act(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            for table in ("paper", "invoice"):
                cursor.execute(f"alter table public.billing_{table} disable trigger billing_{table}_stays")
            cursor.execute(statement)

    return act


def test_what_was_issued_holds(issue: Callable[..., Invoice]) -> None:
    first = issue(invoice())
    issue(credit_note(cancels=first.number, cancels_on=DAY), cancels=first)
    issue(invoice(period=replace(invoice().period, last=date(2027, 6, 30))))
    told = said()
    assert f"{Invoice.objects.count()} invoices and credit notes" in told
    assert f"{Paper.objects.count()} papers" in told


def test_nothing_issued_holds_too(db: None) -> None:
    assert "invoices and credit notes" in said()


def test_a_number_given_for_nothing_is_found(issue: Callable[..., Invoice]) -> None:
    issue(invoice())
    lost = number(Series.INVOICE, DAY)
    issue(invoice())
    assert f"{lost}: was given and is on no paper" in refused()


def test_a_quote_that_is_gone_is_found(issue: Callable[..., Invoice], account: Account) -> None:
    given = number(Series.QUOTE, DAY)
    assert f"{given}: was given and is on no paper" in refused()
    book = PriceVersion.objects.first() or PriceVersion.objects.create(number=1, content={}, drafted_by="x")
    Quote.objects.create(
        number=given, account=account, book=book, content={}, net=0, vat=0, issued_on=DAY, valid_until=DAY,
        paper=keep(PaperKind.QUOTE, "devis.pdf", b""), made_by="x",
    )  # fmt: skip
    said()


def test_a_sequence_set_back_is_found(issue: Callable[..., Invoice]) -> None:
    one = issue(invoice())
    Sequence.objects.filter(series=Series.INVOICE, year=DAY.year).update(last=0)
    assert f"{one.number}: was never given" in refused()
    Sequence.objects.filter(series=Series.INVOICE, year=DAY.year).delete()
    assert f"{one.number}: is of no sequence" in refused()


def test_a_number_of_an_earlier_day_is_found(issue: Callable[..., Invoice]) -> None:
    issue(invoice())
    second = issue(invoice(), issued_on=date(2031, 2, 1))
    told = refused()
    assert f"{second.number}: is dated before" in told
    assert "the row says otherwise than what is frozen: dates" in told


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("net = net + 1", "the row says otherwise than what is frozen: amounts"),
        ("first = '2027-01-02'", "the row says otherwise than what is frozen: period"),
        ("kind = 'credit_note'", "the row says otherwise than what is frozen: kind"),
        ("content = jsonb_set(content, '{net}', '1')", "what is frozen does not hold"),
        ("content = '{}'", "what is frozen does not hold"),
        ("content = jsonb_set(content, '{buyer,siret}', '\"00099999500012\"')", "the file says otherwise"),
        ("content = jsonb_set(content, '{engagement}', '\"EJ-1\"')", "the file says otherwise"),
        ("content = jsonb_set(content, '{lines,0,label}', '\"Autre\"')", "the file says otherwise"),
    ],
)
def test_a_row_that_was_touched_is_found(
    issue: Callable[..., Invoice], tampered: Callable[[str], None], change: str, fault: str
) -> None:
    one = issue(invoice())
    tampered(f"update public.billing_invoice set {change} where number = '{one.number}'")
    assert f"{one.number}: {fault}" in refused()


def test_a_file_that_was_exchanged_is_found_though_its_print_was_too(
    issue: Callable[..., Invoice], tampered: Callable[[str], None]
) -> None:
    one, other = issue(invoice()), issue(invoice(buyer=replace(COMMUNE, service_code="AUTRE")))
    columns = f"(content, sha256) = (select content, sha256 from public.billing_paper where id = '{other.paper_id}')"
    tampered(f"update public.billing_paper set {columns} where id = '{one.paper_id}'")
    assert refused().count(f"{one.number}: the file says otherwise than what is frozen") == 1


def test_a_file_of_which_a_byte_changed_is_found(
    issue: Callable[..., Invoice], tampered: Callable[[str], None]
) -> None:
    one = issue(invoice())
    tampered(f"update public.billing_paper set content = content || '\\x20' where id = '{one.paper_id}'")
    assert f"{one.number}.pdf: the file is not the one that was kept" in refused()


def test_a_file_that_is_no_factur_x_is_found(issue: Callable[..., Invoice], tampered: Callable[[str], None]) -> None:
    one = issue(invoice())
    tampered(f"update public.billing_paper set content = 'x' where id = '{one.paper_id}'")
    assert f"{one.number}: no readable factur-x.xml inside" in refused()
