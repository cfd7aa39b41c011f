"""What an issued invoice says to machines, read again from its file."""

from dataclasses import dataclass
from typing import Any, Final, Self

from lxml import etree

from billing.papers.content import Document, Kind, PaperError, stated
from billing.papers.embedding import FILE_NAME
from core.documents import Unreadable, attachments

_SPACES: Final = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}
_SUMS: Final = "//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:"
_LINES: Final = "//ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
_CREDIT: Final = "381"


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells one invoice from another: the file that an accountant's program reads must say the same."""

    kind: Kind
    number: str
    issued_on: str
    seller: str
    buyer: str
    references: tuple[str, ...]
    lines: tuple[tuple[str, int], ...]
    net: int
    vat: int
    total: int

    @classmethod
    def of_document(cls, document: Document) -> Self:
        said = stated(document)
        named = (said.buyer.service_code, said.engagement or said.order_reference, said.quote_reference, said.cancels)
        return cls(
            said.kind,
            said.number,
            said.issued_on.strftime("%Y%m%d"),
            said.seller.siret,
            said.buyer.siret,
            tuple(each for each in named if each),
            tuple((each.label, each.net) for each in said.lines),
            said.net,
            said.vat,
            said.total,
        )

    @classmethod
    def of_file(cls, data: bytes) -> Self:
        """Raises PaperError when no such file is inside."""
        try:
            root = etree.fromstring(attachments(data)[FILE_NAME], etree.XMLParser(resolve_entities=False))
            return cls._read(root)
        except (Unreadable, KeyError, etree.XMLSyntaxError, ValueError, IndexError) as error:
            raise PaperError(f"no readable {FILE_NAME} inside: {error!r}") from error

    @classmethod
    def _read(cls, root: Any) -> Self:
        def all_of(path: str) -> list[str]:
            return [each.text or "" for each in root.xpath(path, namespaces=_SPACES)]

        credit = all_of("//rsm:ExchangedDocument/ram:TypeCode")[0] == _CREDIT
        labels = all_of("//ram:SpecifiedTradeProduct/ram:Name")
        agreed = ("BuyerReference", "BuyerOrderReferencedDocument/ram:IssuerAssignedID",
                  "ContractReferencedDocument/ram:IssuerAssignedID",
                  "InvoiceReferencedDocument/ram:IssuerAssignedID")  # fmt: skip
        return cls(
            Kind.CREDIT_NOTE if credit else Kind.INVOICE,
            all_of("//rsm:ExchangedDocument/ram:ID")[0],
            all_of("//rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString")[0],
            all_of("//ram:SellerTradeParty/ram:GlobalID")[0],
            all_of("//ram:BuyerTradeParty/ram:GlobalID")[0],
            tuple(found for path in agreed for found in all_of(f"//ram:{path}")),
            tuple(zip(labels, map(_cents, all_of(_LINES)), strict=True)),
            *(
                _cents(all_of(_SUMS + name)[0])
                for name in ("TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount")
            ),
        )


def _cents(text: str) -> int:
    euros, _, rest = text.partition(".")
    return int(euros + f"{rest:0<2}"[:2])
