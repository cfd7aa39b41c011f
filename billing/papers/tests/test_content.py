"""What is frozen in a row comes back equal, and what is not such a paper is refused with its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.papers import Document, ErasurePaper, Malformed, OrderPaper, QuotePaper
from billing.papers.content import stated_line
from billing.papers.frozen import Frozen
from billing.papers.tests.making import any_document, any_line, credit_note, erasure, invoice, order, quote

ALL = [invoice(), credit_note(), quote(), quote(period=None), order(), erasure()]


@given(any_document())
def test_a_document_goes_to_json_and_comes_back_equal(document: Document) -> None:
    assert Document.of(json.loads(json.dumps(document.as_json()))) == document


@pytest.mark.parametrize("paper", ALL, ids=lambda paper: paper.number)
def test_every_paper_goes_to_json_and_comes_back_equal(paper: Frozen) -> None:
    assert type(paper).of(json.loads(json.dumps(paper.as_json()))) == paper


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("net", "12", "Document.net"),
        ("net", True, "Document.net"),
        ("net", 1.5, "Document.net"),
        ("issued_on", "2027-02-30", "Document.issued_on"),
        ("issued_on", None, "Document.issued_on"),
        ("kind", "receipt", "Document.kind"),
        ("lines", {}, "Document.lines"),
        ("lines", [None], "Document.lines[0]"),
        ("period", {"first": "2027-12-31", "last": "2027-01-01"}, "Document.period"),
        ("buyer", {"siret": "1"}, "Document.buyer"),
        ("other", 1, "Document: unknown other"),
    ],
)
def test_what_is_no_such_paper_is_refused_with_its_place(path: str, value: object, place: str) -> None:
    with pytest.raises(Malformed, match=place.replace("[", r"\[")):
        Document.of(invoice().as_json() | {path: value})


@pytest.mark.parametrize("kind", [Document, QuotePaper, OrderPaper, ErasurePaper])
@pytest.mark.parametrize("said", [None, [], "x", {}])
def test_nothing_is_no_paper(kind: type[Frozen], said: object) -> None:
    with pytest.raises(Malformed):
        kind.of(said)


@given(any_line(), st.sampled_from([1, -1]))
def test_a_line_is_said_with_a_price_that_gives_its_amount(line, sign) -> None:  # type: ignore[no-untyped-def]
    said = stated_line(line, sign)
    assert said.unit_cents >= 0
    assert said.quantity * said.unit_cents == said.net == sign * line.net
    assert said.quantity
