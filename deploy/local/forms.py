"""The forms of a page of HTML, as a browser without a script sees them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]


@dataclass
class Form:
    """`values` are what is sent when nothing is touched; `choices` what each radio, box, list or button offers, and
    `actions` where buttons send the form instead of its own `action`."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)

    def filled(self, **typed: str | list[str]) -> list[tuple[str, str]]:
        """Give the pairs to send. A name that the form does not have is refused: a person could not type there."""
        known: dict[str, list[str]] = {name: [] for name in self.choices} | self.values
        if strangers := set(typed) - set(known):
            raise LookupError(f"the form of {self.action or 'this page'} has no field {', '.join(sorted(strangers))}")
        sent = known | {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
        return [(name, value) for name, values in sent.items() for value in values]


def forms(html: str) -> list[Form]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._list = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(found.get("action", ""), found.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name = found.get("name", "")
        match tag:
            case "input" if name:
                self._input(self._form, name, found)
            case "button":
                self._button(self._form, name, found)
            case "select":
                self._list = name
                self._form.choices.setdefault(name, [])
            case "option" if self._list:
                self._form.choices[self._list].append(found.get("value", ""))
                if "selected" in found or self._list not in self._form.values:
                    self._form.values[self._list] = [found.get("value", "")]
            case "textarea":
                self._text = name
                self._form.values[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._form = None
            case "select":
                self._list = ""
            case "textarea":
                self._text = ""

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._text:
            self._form.values[self._text] = [(self._form.values[self._text][0] + data).removeprefix("\n")]

    def _button(self, form: Form, name: str, found: Attributes) -> None:
        if name:
            form.choices.setdefault(name, []).append(found.get("value", ""))
        if place := found.get("formaction"):
            form.actions.append(place)

    def _input(self, form: Form, name: str, found: Attributes) -> None:
        value = found.get("value", "")
        match found.get("type", "text"):
            case "radio" | "checkbox":
                form.choices.setdefault(name, []).append(value or "on")
                if "checked" in found:
                    form.values.setdefault(name, []).append(value or "on")
            case "submit" | "button" | "image" | "reset" | "file":
                pass
            case _:
                form.values.setdefault(name, []).append(value)
