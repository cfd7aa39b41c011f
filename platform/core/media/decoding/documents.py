"""A PDF: what it carries, how many pages, whether it has text, and a picture of the first page."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from core.media.decoding.limits import MAX_PAGES, SIZES
from core.media.decoding.pictures import Facts, draw
from core.media.decoding.refused import Reason, Refused

_TEXT_PAGES: Final = 10
_MOST_INFLATED: Final = 64 * 1024 * 1024
_MOST_TRAILING: Final = 2048
_SCRIPTS: Final = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA|Movie|Rendition|ImportData)(?![A-Za-z0-9_])")
_FILES: Final = re.compile(rb"/(?:EmbeddedFiles?|GoToE)(?![A-Za-z0-9_])")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"stream\r?\n")


def read(path: Path, out: Path) -> Facts:
    data = path.read_bytes()
    _check_words(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise Refused(Reason.ENCRYPTED if locked else Reason.BROKEN) from error
    raw = document.raw
    if pdfium.FPDF_GetSecurityHandlerRevision(raw) != -1:
        raise Refused(Reason.ENCRYPTED)
    if pdfium.FPDFDoc_GetJavaScriptActionCount(raw) > 0 or pdfium.FPDF_GetFormType(raw) in {2, 3}:
        raise Refused(Reason.SCRIPTED)
    if pdfium.FPDFDoc_GetAttachmentCount(raw) > 0:
        raise Refused(Reason.CARRIES_FILES)
    pages = len(document)
    if not pages:
        raise Refused(Reason.BROKEN)
    if pages > MAX_PAGES:
        raise Refused(Reason.TOO_MANY_PAGES)
    try:
        facts = _first_page(document, out)
        has_text = any(_says_something(document, number) for number in range(min(pages, _TEXT_PAGES)))
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        raise Refused(Reason.BROKEN) from error
    return {**facts, "pages": pages, "has_text": has_text}


def _first_page(document: pypdfium2.PdfDocument, out: Path) -> Facts:
    page = document[0]
    width, height = page.get_size()
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
        raise Refused(Reason.BROKEN)
    scale = min(SIZES[-1] / width, 2 * SIZES[-1] / height, 4)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    return draw(picture.convert("RGB"), out)


def _says_something(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Whether a page has words that can be read aloud and searched, and is not the scan of some."""
    text = document[number].get_textpage()
    return bool(text.get_text_bounded().strip())


def _check_words(data: bytes) -> None:
    """Look for what acts or carries files, in the plain parts and in packed objects; in no picture or font."""
    end = data.rfind(b"%%EOF")
    if end < 0 or len(data) - end > _MOST_TRAILING:
        raise Refused(Reason.BROKEN)  # cut short, or something else is hidden behind
    for part in _parts(data):
        words = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
        if _SCRIPTS.search(words):
            raise Refused(Reason.SCRIPTED)
        if _FILES.search(words):
            raise Refused(Reason.CARRIES_FILES)


def _parts(data: bytes) -> Iterator[bytes]:
    left, position = _MOST_INFLATED, 0
    while found := _STREAM.search(data, position):
        head = data[position : found.start()]
        yield head
        end = data.find(b"endstream", found.end())
        end = end if end >= 0 else len(data)
        dictionary = head[max(head.rfind(b" obj"), 0) :]
        if b"ObjStm" in _ESCAPED.sub(lambda each: bytes([int(each[1], 16)]), dictionary):
            inflated = _inflated(dictionary, data[found.end() : end], left)
            left -= len(inflated)
            yield inflated
        position = end + len(b"endstream")
    yield data[position:]


def _inflated(dictionary: bytes, packed: bytes, most: int) -> bytes:
    if b"/Predictor" in dictionary or b"/Crypt" in dictionary:
        raise Refused(Reason.UNCHECKABLE)
    if b"/Filter" not in dictionary:
        return packed
    if b"FlateDecode" not in dictionary or dictionary.count(b"Decode") - dictionary.count(b"DecodeParms") != 1:
        raise Refused(Reason.UNCHECKABLE)
    unpacker = zlib.decompressobj()
    try:
        words = unpacker.decompress(packed, max(most, 1))
    except zlib.error as error:
        raise Refused(Reason.UNCHECKABLE) from error
    if unpacker.unconsumed_tail:
        raise Refused(Reason.TOO_COSTLY)
    return words
