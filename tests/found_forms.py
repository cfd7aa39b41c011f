"""The forms of a page, read as a browser reads them: where they lead, their fields, and what stands in these."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urlencode

Pairs = list[tuple[str, str]]
FAIR = {
    "email": "quelquun@exemple.fr",
    "date": "2027-01-15",
    "datetime-local": "2027-01-15T10:00",
    "number": "1",
    "url": "https://exemple.fr/",
    "tel": "01 23 45 67 89",
    "text": "Un mot",
    "textarea": "Un mot",
}
TYPED = frozenset({"text", "textarea", "search"})
BUTTONS = frozenset({"submit", "button", "reset", "image"})


@dataclass(slots=True)
class Field:
    """`kind` is the type of an input, or the element; `value` is None for a box that is not ticked."""

    name: str
    kind: str
    value: str | None = ""
    minimum: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether somebody writes whatever they like there."""
        return self.kind in TYPED

    @property
    def fair(self) -> str | None:
        """What stands there, else something that the field may well take."""
        return self.value or (
            self.minimum if self.kind == "number" and self.minimum else FAIR.get(self.kind, self.value)
        )


@dataclass(slots=True)
class FoundForm:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.name for each in self.fields))

    def filled(self, values: dict[str, str]) -> Pairs:
        """What a browser sends with these values in these fields."""
        pairs = []
        for each in self.fields:
            value = values.get(each.name, each.fair)
            if value is not None:
                pairs.append((each.name, value))
        return pairs

    def value_of(self, name: str) -> str | None:
        return next((each.value for each in self.fields if each.name == name), None)


def encoded(pairs: Pairs) -> str:
    return urlencode(pairs, encoding="utf-8", errors="surrogatepass")


def forms_in(html: str) -> list[FoundForm]:
    """Every form; once more for each button that leads elsewhere or says something."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [each for form, buttons in reader.found for each in _sent_by(form, buttons)]


def _sent_by(form: FoundForm, buttons: list[dict[str, str]]) -> Iterator[FoundForm]:
    plain = [each for each in buttons if not each.get("formaction") and not each.get("name")]
    if plain or not buttons:
        yield form
    for each in buttons:
        if each not in plain:
            said = [Field(each["name"], "button", each.get("value", ""))] if each.get("name") else []
            yield replace(form, action=each.get("formaction") or form.action, fields=[*form.fields, *said])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[FoundForm, list[dict[str, str]]]] = []
        self._by_id: dict[str, int] = {}
        self._open: int | None = None
        self._area: Field | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = len(self.found)
            self._by_id[said.get("id", "")] = self._open
            self.found.append((FoundForm(said.get("action", ""), said.get("method", "get").lower()), []))
        elif tag == "option" and self._select is not None:
            if "selected" in said or self._select.value is None:
                self._select.value = said.get("value", "")
        elif tag in {"input", "textarea", "select", "button"}:
            self._control(tag, said)

    def _control(self, tag: str, said: dict[str, str]) -> None:
        owner = self._by_id.get(said["form"]) if "form" in said else self._open
        if owner is None or "disabled" in said:
            return
        form, buttons = self.found[owner]
        kind = said.get("type", "submit" if tag == "button" else "text").lower() if tag in {"input", "button"} else tag
        if kind in BUTTONS:
            if kind == "submit":
                buttons.append(said)
            return
        name = said.get("name", "")
        if not name or name == "csrfmiddlewaretoken" or kind == "file":
            return
        seen = "hidden" if "hidden" in said else kind  # an area that nobody sees is written by no hand
        made = Field(name, seen, said.get("value", ""), said.get("min", ""))
        if kind in {"checkbox", "radio"}:
            made.value = said.get("value", "on") if "checked" in said else None
        elif tag == "select":
            made.value = None
            self._select = made
        elif tag == "textarea":
            self._area = made
        form.fields.append(made)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value = (self._area.value or "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select" and self._select is not None:
            self._select.value = self._select.value or ""
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self._area.value = (self._area.value or "").replace("\r\n", "\n").removeprefix("\n")
            self._area = None
