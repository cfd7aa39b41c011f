"""The XML of an invoice: valid for the norm and for France, and saying what the document says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from billing.papers import Document, Kind, PaperError, PaperLine, Party, Total
from billing.papers.electronic import xml_of
from billing.papers.tests.making import COMMUNE, LINES, any_document, credit_note, invoice
from billing.papers.tests.rulebooks import faults

SPACES = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}


def said(document: Document, path: str) -> list[str]:
    found: Any = etree.fromstring(xml_of(document)).xpath(path, namespaces=SPACES)
    return [each if isinstance(each, str) else each.text for each in found]


@settings(max_examples=150, deadline=None)
@given(any_document())
def test_whatever_may_be_issued_holds_the_schema_and_both_rulebooks(document: Document) -> None:
    assert faults(xml_of(document)) == []


def test_the_rulebooks_see_what_is_wrong() -> None:
    """A check that finds nothing anywhere would prove nothing."""
    whole = xml_of(invoice())
    assert any("BR-CO-15" in each for each in faults(whole.replace(b"GrandTotalAmount>258", b"GrandTotalAmount>259")))
    assert any("BR-FR-05" in each for each in faults(whole.replace(b">PMT<", b">AAI<")))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("//rsm:ExchangedDocument/ram:ID", ["FAC-2027-000012"]),
        ("//rsm:ExchangedDocument/ram:TypeCode", ["380"]),
        ("//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID", ["urn:cen.eu:en16931:2017"]),
        ("//ram:BuyerReference", ["FINANCES"]),
        ("//ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID", ["EJ-2027-0042"]),
        ("//ram:ContractReferencedDocument/ram:IssuerAssignedID", ["DEV-2026-000003"]),
        ("//ram:BuyerTradeParty/ram:GlobalID[@schemeID='0009']", [COMMUNE.siret]),
        ("//ram:BuyerTradeParty/ram:SpecifiedLegalOrganization/ram:ID[@schemeID='0002']", [COMMUNE.siren]),
        ("//ram:SellerTradeParty/ram:GlobalID[@schemeID='0009']", ["00012345500016"]),
        ("//ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID[@schemeID='VA']", ["FR31000123455"]),
        ("//ram:ApplicableHeaderTradeSettlement/ram:BillingSpecifiedPeriod//udt:DateTimeString",
         ["20270101", "20271231"]),
        ("//ram:SpecifiedLineTradeSettlement/ram:BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString",
         ["20270101", "20270101", "20270701", "20270101"]),
        ("//ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode", ["30"]),
        ("//ram:IBANID", ["FR7699999000010000000000115"]),
        ("//ram:DueDateDateTime/udt:DateTimeString", ["20280130"]),
        ("//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode", ["S"]),
        ("//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:RateApplicablePercent", ["20"]),
        ("//ram:LineTotalAmount[parent::ram:SpecifiedTradeSettlementHeaderMonetarySummation]", ["215.37"]),
        ("//ram:DuePayableAmount", ["258.44"]),
        ("//ram:IncludedNote/ram:SubjectCode", ["PMD", "PMT", "AAB", "REG", "AAI"]),
    ],
)  # fmt: skip
def test_an_invoice_says(path: str, expected: list[str]) -> None:
    assert said(invoice(), path) == expected


def test_a_purchase_order_stands_where_there_is_no_engagement() -> None:
    assert said(invoice(engagement=""), "//ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID") == ["BC-12"]


def test_what_is_taken_off_is_a_negative_quantity_and_a_part_is_a_price_of_its_own() -> None:
    assert said(invoice(), "//ram:BilledQuantity") == ["1", "2", "1", "-1"]
    assert said(invoice(), "//ram:NetPriceProductTradePrice/ram:ChargeAmount") == ["120.00", "35.00", "45.37", "20.00"]


def test_a_credit_note_gives_back_the_same_and_names_its_invoice() -> None:
    note = credit_note()
    assert said(note, "//rsm:ExchangedDocument/ram:TypeCode") == ["381"]
    assert said(note, "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == ["FAC-2027-000012"]
    assert said(note, "//ram:InvoiceReferencedDocument//qdt:DateTimeString") == ["20271231"]
    assert said(note, "//ram:DuePayableAmount") == said(invoice(), "//ram:DuePayableAmount")
    assert not said(note, "//ram:IBANID")
    assert not faults(xml_of(note))


def test_where_vat_does_not_apply_the_reason_is_said_and_no_vat_number() -> None:
    free = invoice(vat_rate=0)
    tax = "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"
    assert said(free, f"{tax}/ram:CategoryCode") == ["O"]
    assert said(free, f"{tax}/ram:ExemptionReason") == ["TVA non applicable en Guyane (art. 294, 1 du CGI)."]
    assert not said(free, "//ram:SpecifiedTaxRegistration/ram:ID")
    assert not faults(xml_of(free))


def test_a_debit_asks_nothing_of_the_buyer() -> None:
    assert said(invoice(debit=True), "//ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode") == ["59"]
    assert not said(invoice(debit=True), "//ram:IBANID")


def test_what_people_typed_stays_text() -> None:
    label = '<ram:ID>&amp; "x" ]]> \N{LATIN SMALL LETTER E WITH ACUTE}'
    assert said(invoice(lines=(replace(LINES[0], label=label),)), "//ram:SpecifiedTradeProduct/ram:Name") == [label]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"number": ""}, "number"),
        ({"number": "FAC 1"}, "number"),
        ({"number": "F" * 36}, "number"),
        ({"lines": ()}, "no line"),
        ({"lines": (PaperLine("  ", "", 1, 1, 1),)}, "without a label"),
        ({"net": 1}, "sums"),
        ({"vat": 1}, "sums"),
        ({"total": 1}, "sums"),
        ({"lines": (PaperLine("x", "", 1, -1, -1),)}, "wrong sign"),
        ({"vat_rate": 0, "vat_note": " "}, "no reason"),
        ({"due_on": date(2020, 1, 1)}, "due before"),
        ({"kind": Kind.CREDIT_NOTE, "lines": (PaperLine("x", "", 1, -1, -1),)}, "without its invoice"),
        ({"buyer": Party("x")}, "the buyer"),
        ({"seller": Party("", "1")}, "the seller"),
        ({"engagement": "a\x00b"}, "character"),
        ({"buyer": replace(COMMUNE, name="\ud800")}, "character"),
        ({"notes": ("\ufffe",)}, "character"),
    ],
)
def test_what_may_not_be_issued_is_refused(wrong: dict[str, Any], reason: str) -> None:
    from billing.papers import facturx

    with pytest.raises(PaperError, match=reason):
        facturx(invoice(**wrong))


def test_totals_round_half_a_cent_up() -> None:
    assert Total.of_lines((PaperLine("x", "", 1, 5, 5),), 1000).vat == 1
    assert Total.of_lines((PaperLine("x", "", 1, -5, -5),), 1000).vat == -1
