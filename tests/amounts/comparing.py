"""A page as it is read, beside what it should show."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.amounts.money import Money
from tests.amounts.reading import Page
from tests.probing import told_apart, undone


def faults(page: Page, expected: Iterable[Money], *, quotes: bool = False) -> Iterator[str]:
    """What it shows and should not, and what it should and does not. `quotes`: in the words of whoever wrote them."""
    known, shown = list(dict.fromkeys(expected)), page.amounts
    yield from page.faults
    for each in shown:
        if each.mark == "bare" and not quotes:
            yield f"{each} is not marked: write it with {{% amount %}}"
        if not any(each.tells(money) for money in known):
            yield f"{each} is given by no price and no row; there may be: {'; '.join(map(str, known)) or 'nothing'}"
    for money in known:
        if not any(each.tells(money) for each in shown):
            yield f"{money} should be shown and is not"


def read(browser: Client, address: str, said: Any = None) -> Page:
    """Nothing where no page is answered."""
    with undone():
        response: Any = browser.get(address, said or {}, secure=True)
        whole = b"".join(response.streaming_content) if response.streaming else response.content
    is_page = response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
    return Page(whole.decode() if is_page else "")


@dataclass(slots=True)
class Compared:
    """The pages of a walk: how many amounts of each kind were seen, and what was wrong with them."""

    browser: Client
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def look(self, name: str, address: str, expected: Iterable[Money], said: Any = None, **how: Any) -> None:
        """`how`: the page `quotes` what was written; a `hint` for what is wrong with it."""
        page = read(self.browser, address, said)
        self.seen.update(each.kind for each in page.amounts)
        found = faults(page, expected, quotes=how.get("quotes", False))
        self.wrong += [f"{name}: {fault}{how.get('hint', '')}" for fault in found]

    def end(self, name: str) -> None:
        told_apart(self.seen, f"amounts, {name}")
        assert not self.wrong, "\n".join(self.wrong)
