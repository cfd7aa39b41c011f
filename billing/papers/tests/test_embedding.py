"""An issued file is a PDF/A-3 and PDF/UA that carries its XML, as programs look for it."""

from io import BytesIO
from typing import Any

import pytest
from facturx import get_facturx_xml_from_pdf
from hypothesis import given, settings
from lxml import etree
from pypdf import PdfReader

from billing.papers import Document, facturx
from billing.papers.electronic import xml_of
from billing.papers.reading import Facts
from billing.papers.tests.making import any_document, credit_note, invoice
from core.documents import attachments

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "fx": "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#",
}


@pytest.fixture(scope="module")
def issued() -> bytes:
    return facturx(invoice())


@pytest.fixture(scope="module")
def root(issued: bytes) -> Any:
    return PdfReader(BytesIO(issued), strict=True).root_object


@pytest.fixture(scope="module")
def metadata(root: Any) -> Any:
    return etree.fromstring(root["/Metadata"].get_data())


def one(metadata: Any, path: str) -> str:
    (found,) = metadata.xpath(path, namespaces=NAMES)
    return str(found.text)


def test_the_xml_comes_out_as_it_was_made(issued: bytes) -> None:
    assert attachments(issued) == {"factur-x.xml": xml_of(invoice())}
    assert get_facturx_xml_from_pdf(issued) == ("factur-x.xml", xml_of(invoice()))


@settings(max_examples=40, deadline=None)
@given(any_document())
def test_whatever_is_issued_is_read_again_as_it_was_said(document: Document) -> None:
    assert Facts.of_file(facturx(document)) == Facts.of_document(document)


def test_a_credit_note_carries_its_own() -> None:
    assert attachments(facturx(credit_note())) == {"factur-x.xml": xml_of(credit_note())}


def test_it_is_for_archives_and_for_screen_readers(root: Any, metadata: Any) -> None:
    assert (one(metadata, "//pdfaid:part"), one(metadata, "//pdfaid:conformance")) == ("3", "B")
    assert one(metadata, "//pdfuaid:part") == "1"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr-FR"
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/Filter" not in root["/Metadata"], "metadata of an archive is in clear"


def test_programs_know_it_for_factur_x(metadata: Any) -> None:
    assert {name: one(metadata, f"//fx:{name}") for name in
            ("DocumentType", "DocumentFileName", "Version", "ConformanceLevel")} == {
        "DocumentType": "INVOICE", "DocumentFileName": "factur-x.xml", "Version": "1.0", "ConformanceLevel": "EN 16931",
    }  # fmt: skip


def test_the_schema_of_these_marks_is_described_as_archives_want_it(metadata: Any) -> None:
    schema = f"//pdfaExtension:schemas/rdf:Bag/rdf:li[pdfaSchema:namespaceURI='{NAMES['fx']}']"
    assert one(metadata, f"{schema}/pdfaSchema:prefix") == "fx"
    described = metadata.xpath(f"{schema}//pdfaProperty:name/text()", namespaces=NAMES)
    assert set(described) == {etree.QName(each).localname for each in metadata.xpath("//fx:*", namespaces=NAMES)}


def test_the_xml_is_tied_to_the_document(root: Any) -> None:
    (filed,) = (each.get_object() for each in root["/AF"])
    assert filed["/AFRelationship"] == "/Alternative"
    assert filed["/F"] == filed["/UF"] == "factur-x.xml"
    assert filed["/EF"]["/F"].get_object()["/Subtype"] == "/text/xml"
    assert filed["/EF"]["/F"].get_object()["/Params"]["/ModDate"]


def test_only_the_metadata_was_written_again(issued: bytes) -> None:
    reader = PdfReader(BytesIO(issued), strict=True)
    assert issued.count(b"%%EOF") == 2
    before = PdfReader(BytesIO(issued[: issued.index(b"%%EOF") + 5]), strict=True)
    assert before.trailer["/ID"] == reader.trailer["/ID"]
    assert before.trailer["/Size"] == reader.trailer["/Size"]
    assert len(before.pages) == len(reader.pages)
