"""PDF/A-3b and PDF/UA-1 with Typst: in this process, with our fonts, no network, no shell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pypdfium2
import typst

from core.documents.glyphs import printable

_HERE: Final = Path(__file__).parent
_STANDARDS: Final[Any] = ["a-3b", "ua-1"]
_HOUSE: Final = "house.typ"


class Unreadable(Exception):
    """What was given is no PDF that can be read."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of text that the document carries."""

    name: str
    type: str
    description: str
    text: str
    relationship: str = "data"  # or "alternative": it says what the pages say


def pdf(
    template: Path, data: Mapping[str, Any], attached: Sequence[Attachment] = (), *, parts: Sequence[Path] = ()
) -> bytes:
    """The document that `template` makes of `data`; `parts` are read before it, for what several templates share.

    A template is a body of Typst where `data` and `attached` are known, and `house`, which lays the page out. What was
    typed by people is data, and is never read as Typst; a letter that no face has is printed as the nearest.
    """
    said = json.dumps({"data": printable(data), "attached": [asdict(each) for each in attached]}, ensure_ascii=False)
    read = [each.read_text(encoding="utf-8") for each in (_HERE / _HOUSE, *parts, template)]
    source = _KNOWN.join((read[0], "\n".join(read[1:])))
    press = typst.Compiler(
        source.encode(), root=_HERE, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"said": said}
    )
    made: Any = press.compile(format="pdf", pdf_standards=_STANDARDS)
    return bytes(made)


_KNOWN: Final = """
#let said = json(bytes(sys.inputs.said))
#let data = said.data
#let attached = said.attached
"""


def attachments(document: bytes) -> dict[str, bytes]:
    """The files that a PDF carries, by name. Raises Unreadable."""
    try:
        read = pypdfium2.PdfDocument(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(str(error)) from error
    try:
        found = [read.get_attachment(place) for place in range(read.count_attachments())]
        return {each.get_name(): bytes(each.get_data()) for each in found}
    finally:
        read.close()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])
