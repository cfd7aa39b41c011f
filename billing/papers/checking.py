"""What an invoice must be before it is issued: a number, its sums, who pays, and words that a machine can carry."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Final

from billing.papers.content import Document, Kind, PaperError
from billing.prices import vat_of

_NUMBER: Final = re.compile(r"[A-Za-z0-9+\-_/]{1,35}")


def check(document: Document) -> None:
    """Raises PaperError with every fault."""
    if faults := list(_faults(document)):
        raise PaperError(f"{document.number or 'no number'}: {' ; '.join(faults)}")


def sums_hold(document: Document) -> bool:
    net = sum(each.net for each in document.lines)
    vat = vat_of(net, document.vat_rate)
    return (document.net, document.vat, document.total) == (net, vat, net + vat)


def _faults(document: Document) -> Iterator[str]:
    if not _NUMBER.fullmatch(document.number):
        yield "no number that a machine reads"
    if not document.lines:
        yield "no line"
    if any(not each.label.strip() for each in document.lines):
        yield "a line without a label"
    if not sums_hold(document):
        yield "the amounts are not the sums of the lines"
    if (document.net < 0) if document.kind is Kind.INVOICE else (document.net > 0):
        yield "an invoice asks and a credit note gives back: the amount has the wrong sign"
    if not document.vat_rate and not document.vat_note.strip():
        yield "no VAT and no reason"
    if document.due_on < document.issued_on:
        yield "due before it is issued"
    if document.kind is Kind.CREDIT_NOTE and not (document.cancels and document.cancels_on):
        yield "a credit note without its invoice"
    for who, party in (("seller", document.seller), ("buyer", document.buyer)):
        if not party.name.strip() or not party.siret:
            yield f"the {who} has no name or no SIRET"
    if any(_unprintable(text) for text in _texts(document)):
        yield "a character that no paper can carry"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _unprintable(text: str) -> bool:
    """A control character, half a pair, or what Unicode leaves out: neither XML nor a font has it."""
    return any(
        (ord(each) < 32 and each not in "\n\t") or 0x7F <= ord(each) < 0xA0 or 0xD800 <= ord(each) < 0xE000
        or ord(each) & 0xFFFE == 0xFFFE
        for each in text
    )  # fmt: skip
