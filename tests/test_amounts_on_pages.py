"""Every amount of money on a page is a marked one, written as its cents say, and one that prices or rows give."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, combinations

import pytest
from django.test import Client

from billing.models import Invoice, Quote
from billing.prices import PriceBook, Rhythm, bracket_of, euros, price, vat_of, vat_rate
from billing.queries.books import book_in_force
from tenants.models import Commune
from tests.cast import Cast
from tests.conftest import Neighbours
from tests.probing import told, told_apart, undone
from tests.walks import routes

On = Callable[[str], Client]
AMOUNT = re.compile(r'<data class="amount" value="(-?\d+)">(.*?)</data>', re.S)
UNSEEN = re.compile(r"<(script|style|svg|option)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.S)
# What the law fixes, and no price book: the indemnity for late payment.
FIXED = re.compile(r"40\s?€", re.S)


def faults(html: str, known: set[int] | None = None) -> Iterator[str]:
    """What is wrong with the money of a page."""
    for cents, text in AMOUNT.findall(html):
        if not text.startswith(euros(int(cents))):
            yield f"{cents} cents are written {text}"
        elif known is not None and int(cents) not in known:
            yield f"{text} is given by no price and no row"
    bare = FIXED.sub("", UNSEEN.sub(" ", AMOUNT.sub(" ", html)))
    if "€" in bare or "EUR" in bare:
        at = bare.find("€") if "€" in bare else bare.find("EUR")
        yield f"an amount that is not marked: {' '.join(bare[max(0, at - 60) : at + 1].split())}"


def offered(book: PriceBook, commune: Commune) -> Iterator[int]:
    """All that the book may ask of a commune, computed here: listed lines, whatever modules are taken, with and
    without tax."""
    columns = (book.base, *book.modules.values(), *(pack.amounts for pack in book.packs))
    yield from (cents for column in columns for cents in (*column.monthly, *column.yearly))
    yield from (pack.cents for pack in book.sms_packs)
    rate, keys = vat_rate(book, commune.departement), list(book.modules)
    for taken in chain.from_iterable(combinations(keys, count) for count in range(len(keys) + 1)):
        sums = {}
        for rhythm in Rhythm:
            found = price(book, population=commune.population, rhythm=rhythm, modules=taken)
            sums[rhythm] = found.net
            yield from (item.cents for item in found.items)
            yield from (found.net, vat_of(found.net, rate), found.net + vat_of(found.net, rate))
        yield 12 * sums[Rhythm.MONTHLY] - sums[Rhythm.YEARLY]
    assert bracket_of(book, commune.population) >= 0


def rows() -> Iterator[int]:
    for each in chain(Quote.objects.all(), Invoice.objects.all()):
        yield from (each.net, each.vat, each.net + each.vat)
        lines = each.content.get("lines") or each.content.get("paper", {}).get("lines", [])
        yield from (cents for line in lines for cents in (line["net"], line["unit_cents"]))


def test_the_portal_shows_amounts_of_the_price_book_and_no_other(
    cast: Cast, one_way: Neighbours, client_on: On
) -> None:
    commune = Commune.objects.get(pk=cast.aubin.insee)
    known = {*offered(book_in_force(), commune), *rows()}
    wrong, seen = [], Counter[str]()
    browser = client_on(cast.portal_host)
    addresses = [one_way.victims.url(route) for route in routes("portal")]
    addresses += [
        f"/modules/?commune={commune.pk}&choix=1&modules={slug}" for slug in ("news", "alerts", "presentation")
    ]
    for address in addresses:
        with undone():
            html = _html(browser, address)
        seen["portal"] += len(AMOUNT.findall(html))
        wrong += [f"{address}: {fault}" for fault in faults(html, known)]
    told_apart(seen, "amounts")
    assert wrong == []


@pytest.mark.parametrize("kind", ["space", "console"])
def test_money_is_marked_on_every_page_that_is_read_signed_in(
    kind: str, cast: Cast, one_way: Neighbours, client_of: Callable[..., Client]
) -> None:
    wrong, seen = [], Counter[str]()
    browser = client_of(one_way.victim.administrator if kind == "space" else cast.operator)
    for route in routes(kind):
        with undone():
            html = _html(browser, one_way.victims.url(route))
        seen[kind] += len(AMOUNT.findall(html))
        wrong += [f"{route}: {fault}" for fault in faults(html)]
    told_apart(seen, "amounts")
    assert wrong == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>12 €</p>",
        '<data class="amount" value="1200">13,00\u00a0€</data>',
        '<data class="amount" value="1234567">12\u202f345,67\u00a0€</data>',
    ],
)
def test_an_amount_typed_in_a_page_or_changed_on_its_way_is_seen(html: str) -> None:
    assert list(faults(html, {1200}))


def _html(browser: Client, address: str) -> str:
    response = browser.get(address, secure=True)
    said = told(response)  # a file too is read to its end, and closed
    if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    return said
