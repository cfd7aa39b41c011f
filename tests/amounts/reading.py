"""What a page says of money: each amount with its tax and what it pays, as whoever reads it is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html as parser

from billing.prices import euros
from tests.amounts.money import MONTH, NET, TOTAL, VAT, YEAR, Money

TAXES = ((r"\bTTC\b", TOTAL), (r"\bHT\b|hors\s+taxes", NET), (r"\bTVA\b", VAT))
TIMES = ((r"\b(par|chaque)\s+mois\b", MONTH), (r"\b(par\s+an|chaque\s+année)\b", YEAR))
WRITTEN = re.compile(r"(?<!\d)([\u2212-]?)(\d[\d\u202f\u00a0 ]*)(?:,(\d\d))?[\u202f\u00a0 ]?€")
SILENT = frozenset({"script", "style", "svg", "textarea"})
QUIET = parser.HTMLParser(remove_comments=True)
# What the law fixes, and no price book: the indemnity for late payment.
FIXED = re.compile(r"(?<![\d\u202f])40\s?€")


@dataclass(frozen=True, slots=True)
class Shown:
    """`tax` and `per` are empty where the page does not say. `mark` is how it is there: "marked" for machines, "typed"
    in a field, "carried" by a form, an "option" of a list, else "bare". `under` is all that heads it."""

    cents: int
    tax: str
    per: str
    mark: str
    under: str = field(default="", compare=False)

    def tells(self, money: Money) -> bool:
        is_said = self.tax in ("", money.tax) and self.per in ("", money.per)
        return self.cents == money.cents and is_said and money.under in self.under

    @property
    def kind(self) -> str:
        return " ".join(part for part in (self.mark, self.tax or "untaxed", self.per) if part)

    def __str__(self) -> str:
        return " ".join(part for part in (euros(self.cents), self.tax, self.per, f"({self.mark})") if part)


class Page:
    def __init__(self, html: str) -> None:
        self._tree: Any = parser.document_fromstring(html, parser=QUIET) if html.strip() else None

    @property
    def amounts(self) -> list[Shown]:
        """In the order of the page, wherever they are written."""
        return [shown for element in self._elements() for shown in _shown(element)]

    @property
    def faults(self) -> Iterator[str]:
        """Marked amounts that are not written as their cents say, and money that is no amount at all."""
        for element in self._elements():
            if _is_marked(element) and not _text(element).startswith(euros(int(element.get("value")))):
                yield f"{element.get('value')} cents are written {_text(element)}"
            for text in _loose(element):
                bare = FIXED.sub("", WRITTEN.sub("", text))
                if "€" in bare or "EUR" in bare:
                    yield f"money that is no amount: {' '.join(text.split())[-80:]}"

    def _elements(self) -> Iterator[Any]:
        return iter(()) if self._tree is None else (each for each in self._tree.iter() if isinstance(each.tag, str))


def _shown(element: Any) -> Iterator[Shown]:
    if _is_marked(element):
        tax, per = _said(element)
        yield Shown(int(element.get("value")), tax, per, "marked", " ".join(_heads(element)))
    elif element.tag == "input" and (typed := _typed(element)):
        yield typed
    mark = "option" if element.tag == "option" else "bare"
    for text in _loose(element):
        found = (each.groups() for each in WRITTEN.finditer(FIXED.sub("", text)))
        yield from (Shown(_cents(*groups), "", "", mark, mark) for groups in found)


def _typed(element: Any) -> Shown | None:
    """A field's amount in euros, or the cents that a form carries."""
    name, value = element.get("name", ""), element.get("value") or ""
    if element.get("type") == "hidden" and re.fullmatch(r"expected|cents-.*", name) and value:
        return Shown(int(value), NET, "", "carried")
    if element.get("inputmode") == "decimal" and (found := WRITTEN.fullmatch(f"{value} €")):
        label = element.get("aria-label", "")
        return Shown(_cents(*found.groups()), _first(TAXES, label), _first(TIMES, label), "typed")
    return None


def _is_marked(element: Any) -> bool:
    return element.tag == "data" and "amount" in element.get("class", "").split()


def _said(element: Any) -> tuple[str, str]:
    """What is written right beside it comes first, then what heads its line and its column."""
    beside = element.tail or ""
    following = element.getnext()
    if not beside.strip() and following is not None and following.tag == "small":
        beside = _text(following)
    beside = beside.strip() if re.match(r"\s*par\s(mois|an)\b", beside) else ""
    sayings = [_text(element), beside, *_heads(element)]
    taxes, times = ([found for each in sayings if (found := _first(names, each))] for names in (TAXES, TIMES))
    return (*taxes, "")[0], (*times, "")[0]


def _heads(element: Any) -> Iterator[str]:
    for above in element.iterancestors("dd", "td", "p"):
        if above.tag == "p":
            yield from (_text(each) for each in above.findall("span")[:1])
            continue
        if above.tag == "dd":
            yield from (_text(each) for each in above.itersiblings("dt", preceding=True))
            return
        table, rank = next(above.iterancestors("table")), len(list(above.itersiblings(preceding=True)))
        yield from (_text(each) for path in (f"thead/tr/th[{rank + 1}]", "caption") for each in table.xpath(path))
        yield from (_text(each) for each in above.itersiblings("th", preceding=True))


def _loose(element: Any) -> Iterator[str]:
    """The texts that are this element's own, but for what machines are told apart."""
    if next(element.iterancestors(*SILENT), None) is None:
        yield element.tail or ""
        yield "" if element.tag in SILENT or _is_marked(element) else element.text or ""


def _text(element: Any) -> str:
    return str(element.text_content())


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, text, re.I)), "")


def _cents(minus: str, whole: str, rest: str | None) -> int:
    cents = 100 * int(re.sub(r"\D", "", whole)) + int(rest or 0)
    return -cents if minus else cents
