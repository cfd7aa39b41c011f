"""PDFs of the demo: a page of text that is text, so that it can be searched and read aloud."""

from collections.abc import Sequence
from io import BytesIO

MARK = "Document inventé pour la démonstration."
_LEFT, _TOP, _FOOT, _LEADING = 72, 760, 48, 22


def paper(title: str, lines: Sequence[str]) -> BytesIO:
    """A page with its title, its lines and where it comes from, as a file."""
    said = [_line(title, _TOP, "B", 18)]
    said += [_line(line, _TOP - 40 - _LEADING * number, "F", 12) for number, line in enumerate(lines)]
    said.append(_line(MARK, _FOOT, "F", 9))
    content = b"\n".join(said)
    fonts = [
        b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name
        for name in (b"Helvetica", b"Helvetica-Bold")
    ]
    return _assembled([
        b"<</Type/Catalog/Pages 2 0 R/Lang(fr)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R/B 5 0 R>>>>/Contents 6 0 R>>",
        *fonts,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ])  # fmt: skip


def _line(text: str, up: int, font: str, size: int) -> bytes:
    # A special space is not of these fonts' alphabet.
    written = text.replace("\u202f", "\u00a0").encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        written = written.replace(sign, b"\\" + sign)
    return b"BT /%s %d Tf %d %d Td (%s) Tj ET" % (font.encode(), size, _LEFT, up, written)


def _assembled(objects: Sequence[bytes]) -> BytesIO:
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return BytesIO(data + head + table + end)
