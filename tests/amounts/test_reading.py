"""What is read on a page, and what is seen to be wrong there."""

import pytest

from tests.amounts.comparing import faults
from tests.amounts.money import MONTH, NET, TOTAL, VAT, YEAR, Money
from tests.amounts.reading import Page, Shown

SPACE = "\u00a0"
DUE = Money(1200, NET, YEAR)


def data(cents: int, text: str) -> str:
    return f'<data class="amount" value="{cents}">{text}</data>'


def table(*columns: str, caption: str = "") -> str:
    """One line, whose last cell is an amount."""
    heads = "".join(f"<th>{column}</th>" for column in columns)
    line = f"<tr><th>1</th><td>{data(1200, f'12,00{SPACE}€')}</td></tr>"
    return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{line}</tbody></table>"


@pytest.mark.parametrize(
    ("html", "tax", "per"),
    [
        (data(1200, f"12,00{SPACE}€{SPACE}HT"), NET, ""),
        (f"<p>{data(1200, f'12,00{SPACE}€{SPACE}TTC')} <small>par mois</small></p>", TOTAL, MONTH),
        (f"<p>{data(1200, f'12,00{SPACE}€{SPACE}par{SPACE}an')} {data(1, f'0,01{SPACE}€')}</p>", "", YEAR),
        (f"<dl><dt>TVA 20 %</dt><dd>{data(1200, f'12,00{SPACE}€')}</dd></dl>", VAT, ""),
        (f"<dl><dt>Par an</dt><dd>{data(1200, f'12,00{SPACE}€{SPACE}HT')} · 1</dd></dl>", NET, YEAR),
        (table("Habitants", "Socle", caption="Par mois, hors taxes"), NET, MONTH),
        (table("Numéro", "Par an, HT"), NET, YEAR),
        (f"<p><span>Chaque année</span> <b>{data(1200, f'12,00{SPACE}€{SPACE}HT')}</b></p>", NET, YEAR),
    ],
)
def test_an_amount_is_read_with_what_is_said_of_it(html: str, tax: str, per: str) -> None:
    assert Page(html).amounts[0] == Shown(1200, tax, per, "marked")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f"<p>Reste 1\u202f234,50{SPACE}€.</p>", Shown(123450, "", "", "bare")),
        (f"<p>Reste {SPACE}\u221212,00{SPACE}€.</p>", Shown(-1200, "", "", "bare")),
        ("<p><!-- rien -->12 €</p>", Shown(1200, "", "", "bare")),
        ("<select><option>F-1 : 12,00 € à payer</option></select>", Shown(1200, "", "", "option")),
        (
            '<input inputmode="decimal" value="12" aria-label="Par an, hors taxes">',
            Shown(1200, NET, YEAR, "typed"),
        ),
        ('<input type="hidden" name="expected" value="-1200">', Shown(-1200, NET, "", "carried")),
    ],
)
def test_money_is_read_wherever_it_is(html: str, shown: Shown) -> None:
    assert Page(html).amounts == [shown]


@pytest.mark.parametrize(
    "html",
    [
        "<p>12 €</p>",
        data(1200, f"13,00{SPACE}€"),
        data(1201, f"12,01{SPACE}€"),
        data(1200, f"12,00{SPACE}€{SPACE}TTC"),
        f"<p>{data(1200, f'12,00{SPACE}€{SPACE}HT')} par mois</p>",
        table("Numéro", "TTC"),
        "<p>cher : 1200 EUR</p>",
        "<p>Rien.</p>",
    ],
)
def test_what_is_another_amount_another_tax_another_time_or_not_marked_is_seen(html: str) -> None:
    right = data(1200, f"12,00{SPACE}€{SPACE}HT")
    assert list(faults(Page(f"<p>{right} par an</p>"), [DUE])) == []
    assert list(faults(Page(html), [DUE])) != []


def test_what_the_law_fixes_is_no_price() -> None:
    assert Page("<p>Indemnité de 40 €, et 140 €.</p>").amounts == [Shown(14000, "", "", "bare")]
