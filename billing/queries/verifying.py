"""Whether what was issued still holds: numbers without a gap, sums, files as they were made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from billing.models import Invoice, Order, Paper, Quote, Sequence
from billing.models.paper import Series
from billing.papers import Document, Malformed, PaperError
from billing.papers.checking import check
from billing.papers.keeping import print_of
from billing.papers.numbering import numbered
from billing.papers.reading import Facts


@dataclass(slots=True)
class Verdict:
    """How much was looked at, and each fault under the number that it is of."""

    invoices: int = 0
    papers: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)


def verdict() -> Verdict:
    found = Verdict()
    found.faults += gaps()
    for invoice in Invoice.objects.select_related("paper", "cancels").order_by("number").iterator(chunk_size=200):
        found.invoices += 1
        found.faults += [(invoice.number, fault) for fault in _faults(invoice)]
    for name, content, printed in (
        Paper.objects.order_by("made_at").values_list("name", "content", "sha256").iterator(chunk_size=200)
    ):
        found.papers += 1
        if print_of(bytes(content)) != printed:
            found.faults.append((name, "the file is not the one that was kept"))
    return found


def gaps() -> Iterator[tuple[str, str]]:
    """Numbers that were given and are nowhere, or are somewhere and were not given."""
    used = _used()
    for kept in Sequence.objects.filter(series__in=used).order_by("series", "year"):
        series = Series(kept.series)
        given = {numbered(series, kept.year, rank) for rank in range(1, kept.last + 1)}
        worn = {each for each in used[series] if each.startswith(f"{series.value}-{kept.year}-")}
        used[series] -= worn
        yield from ((number, "was given and is on no paper") for number in sorted(given - worn))
        yield from ((number, "was never given") for number in sorted(worn - given))
    for rest in used.values():
        yield from ((number, "is of no sequence") for number in sorted(rest))
    yield from _out_of_order()


def _used() -> dict[Series, set[str]]:
    invoices = Invoice.objects.values_list("kind", "number")
    return {
        Series.INVOICE: {number for kind, number in invoices if kind == Invoice.Kind.INVOICE},
        Series.CREDIT_NOTE: {number for kind, number in invoices if kind == Invoice.Kind.CREDIT_NOTE},
        Series.QUOTE: set(Quote.objects.values_list("number", flat=True)),
        Series.ORDER: set(Order.objects.values_list("number", flat=True)),
    }


def _out_of_order() -> Iterator[tuple[str, str]]:
    """A later number is never of an earlier day: the law wants an order in time."""
    latest: dict[str, date] = {}
    for number, issued_on in Invoice.objects.order_by("number").values_list("number", "issued_on"):
        series = number.rpartition("-")[0]
        if issued_on < latest.get(series, issued_on):
            yield number, "is dated before the number that precedes it"
        latest[series] = max(issued_on, latest.get(series, issued_on))


def _faults(invoice: Invoice) -> Iterator[str]:
    try:
        document = Document.of(invoice.content)
        check(document)
    except (Malformed, PaperError) as error:
        yield f"what is frozen does not hold: {error}"
        return
    if wrong := [name for name, kept, said in _compared(invoice, document) if kept != said]:
        yield f"the row says otherwise than what is frozen: {', '.join(wrong)}"
    try:
        read = Facts.of_file(bytes(invoice.paper.content))
    except PaperError as error:
        yield str(error)
        return
    if read != Facts.of_document(document):
        yield "the file says otherwise than what is frozen"


def _compared(invoice: Invoice, document: Document) -> Iterator[tuple[str, object, object]]:
    period = document.period
    yield "number", invoice.number, document.number
    yield "kind", invoice.kind, document.kind.value
    yield "dates", (invoice.issued_on, invoice.due_on), (document.issued_on, document.due_on)
    yield "period", (invoice.first, invoice.last), (period.first, period.last) if period else (None, None)
    yield "amounts", (invoice.net, invoice.vat), (document.net, document.vat)
    yield "parts", sum(part["net"] for part in invoice.parts), document.net
    if invoice.cancels:
        yield "cancels", invoice.cancels.number, document.cancels
