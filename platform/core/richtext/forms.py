"""The form field and the widget of a formatted text: an editor when there is script, a plain area when there is none.

Both are posted under names of their own: `text` is what was typed in the plain area, `text-html` what is formatted. The
script puts the plain area out of use; without it, a text that came back as it was shown stays formatted.
"""

from typing import Any

from django import forms

from core.richtext.cleaning import LONGEST
from core.richtext.fields import checked
from core.richtext.text import from_plain, is_same, plain


class RichTextInput(forms.Textarea):
    template_name = "richtext/field.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        formatted, typed = str(data.get(f"{name}-html") or ""), data.get(name)
        if typed is None:
            return formatted
        if len(typed) > LONGEST or (formatted and len(formatted) <= LONGEST and is_same(formatted, typed)):
            return formatted if len(typed) <= LONGEST else typed
        return from_plain(typed)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-html" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # the area is out of use while the editor is there

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        html = str(value or "")
        context = super().get_context(name, None, attrs)
        return context | {"html": html, "plain": plain(html), "name": name, "id": context["widget"]["attrs"].get("id")}


class RichTextFormField(forms.CharField):
    """Cleans to canonical HTML, "" when nothing in it is readable; `max_length` counts what is read."""

    widget = RichTextInput

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        if not options.get("widget", True):
            del options["widget"]
        self.most = max_length
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return checked(str(value or ""), self.most)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (not self.disabled and plain(str(initial or "")) != plain(str(data or ""))) or (
            checked(str(initial or ""), None) != checked(str(data or "")[:LONGEST], None)
        )

    def as_text(self, value: Any) -> str:
        """As somebody reads it in a sentence."""
        return plain(str(value or ""))
