"""What papers say, frozen when they are made. Amounts are whole cents, rates basis points, dates the supplier's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from billing.papers.frozen import Frozen
from billing.prices import Period, vat_of


class PaperError(Exception):
    """A paper that may not be issued as it stands; the message says what is wrong."""


class Kind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class Party(Frozen):
    """Who sells or who buys. `legal` is what the law wants said of a company: its form, its capital, its registry."""

    name: str
    siret: str = ""
    vat_number: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "FR"
    service_code: str = ""
    contact: str = ""
    email: str = ""
    legal: str = ""

    @property
    def siren(self) -> str:
        return self.siret[:9]


@dataclass(frozen=True, slots=True)
class Bank(Frozen):
    iban: str
    bic: str


@dataclass(frozen=True, slots=True)
class PaperLine(Frozen):
    """`net` may be less than `quantity` times `unit_cents` where a part of the period is due; then `detail` says so."""

    label: str
    detail: str
    quantity: int
    unit_cents: int
    net: int
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Total(Frozen):
    """What lines come to."""

    net: int
    vat_rate: int
    vat: int
    total: int
    vat_note: str = ""

    @classmethod
    def of_lines(cls, lines: tuple[PaperLine, ...], vat_rate: int, vat_note: str = "") -> "Total":
        net = sum(each.net for each in lines)
        vat = vat_of(net, vat_rate)
        return cls(net, vat_rate, vat, net + vat, vat_note)


@dataclass(frozen=True, slots=True)
class Document(Frozen):
    """An invoice, or a credit note, whose amounts are negative here; its paper and its XML say what it gives back."""

    kind: Kind
    number: str
    issued_on: date
    due_on: date
    seller: Party
    buyer: Party
    lines: tuple[PaperLine, ...]
    vat_rate: int
    vat_note: str
    net: int
    vat: int
    total: int
    period: Period | None = None
    engagement: str = ""
    order_reference: str = ""
    quote_reference: str = ""
    cancels: str = ""  # of a credit note: the number of the invoice
    cancels_on: date | None = None
    notes: tuple[str, ...] = ()
    demo: bool = False
    bank: Bank | None = None
    debit: bool = False  # collected by SEPA debit: nothing is asked of the buyer


def stated(document: Document) -> Document:
    """As its paper and its XML say it: what a credit note gives back is positive, what lessens it is negative."""
    sign = -1 if document.kind is Kind.CREDIT_NOTE else 1
    return replace(
        document,
        lines=tuple(stated_line(each, sign) for each in document.lines),
        net=sign * document.net,
        vat=sign * document.vat,
        total=sign * document.total,
    )


def stated_line(line: PaperLine, sign: int = 1) -> PaperLine:
    """A price is positive and gives the amount by the quantity, which has the sign."""
    net, unit = sign * line.net, abs(line.unit_cents)
    if net and unit and net % unit == 0 and abs(line.quantity) == abs(net // unit):
        return replace(line, quantity=net // unit, unit_cents=unit, net=net)
    if not net and not unit:
        return replace(line, quantity=abs(line.quantity) or 1, unit_cents=0, net=0)
    return replace(line, quantity=-1 if net < 0 else 1, unit_cents=abs(net), net=net)


@dataclass(frozen=True, slots=True)
class Covered(Frozen):
    """A commune that a quote is for, and its modules by their labels."""

    name: str
    departement: str
    population: int | None
    bracket: str
    modules: tuple[str, ...] = ()


def are_alike(communes: Iterable[Covered]) -> bool:
    """Whether all take the same modules."""
    return len({each.modules for each in communes}) < 2


@dataclass(frozen=True, slots=True)
class QuotePaper(Frozen):
    """A quote, and the project of a deliberation to vote it."""

    number: str
    issued_on: date
    valid_until: date
    seller: Party
    buyer: Party
    is_group: bool  # an EPCI, that buys for its communes
    communes: tuple[Covered, ...]
    lines: tuple[PaperLine, ...]
    total: Total
    rhythm: str  # in words: « abonnement annuel », « abonnement mensuel »
    invoicing: str  # in words: when invoices come
    period: Period | None  # None: from the order on
    address: str  # the page where it is ordered
    notes: tuple[str, ...] = ()
    demo: bool = False

    @property
    def modules(self) -> tuple[str, ...]:
        """All that some commune takes, each once."""
        return tuple(dict.fromkeys(label for each in self.communes for label in each.modules))

    @property
    def is_alike(self) -> bool:
        return are_alike(self.communes)


@dataclass(frozen=True, slots=True)
class OrderPaper(Frozen):
    """What was ordered, by whom and how, told back to who ordered."""

    number: str
    ordered_on: date
    quote_number: str
    quote_on: date
    seller: Party
    buyer: Party
    orderer: str
    capacity: str
    means: str  # in words: « devis signé », « bon de commande n° … »
    communes: tuple[Covered, ...]
    lines: tuple[PaperLine, ...]
    total: Total
    period: Period
    invoicing: str
    engagement: str = ""
    order_reference: str = ""
    address: str = ""
    notes: tuple[str, ...] = ()
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Counted(Frozen):
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ErasurePaper(Frozen):
    """That a commune's space was erased: what it held, what is kept by law and why."""

    number: str
    issued_on: date
    seller: Party
    commune: str
    insee: str
    reason: str
    ended_on: date
    erased_at: str  # ISO 8601 with its offset
    counts: tuple[Counted, ...]
    files: int
    bytes: int
    digest: str  # SHA-256 of the listing
    kept: tuple[str, ...]
    export: str = ""  # what became of the export, in words
    listing: str = ""  # what was erased, as its print was taken; the certificate carries it
    demo: bool = False
