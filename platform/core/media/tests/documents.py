"""PDFs written by hand, sound and hostile."""

import zlib

Objects = list[bytes]
PLAIN: Objects = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
]


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def pdf(words: str = "Conseil municipal", catalog: bytes = b"", extra: Objects | None = None, pages: int = 1) -> bytes:
    """A document of some pages that say `words`; `catalog` are more entries of its root, `extra` more objects."""
    text = stream(b"BT /F 24 Tf 72 720 Td (%s) Tj ET" % words.encode("latin-1"))
    objects = [*PLAIN, text, *(extra or [])]
    objects[0] = b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>"
    objects[1] = b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages
    return assembled(objects)


def assembled(objects: Objects, trailer: bytes = b"") -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(data))
    return data + head + table + end


def packed(words: bytes) -> bytes:
    """An object stream, where readers look for objects and nobody sees them."""
    return stream(zlib.compress(b"9 0 " + words), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
SCRIPTED = pdf(catalog=b"/OpenAction" + SCRIPT)
SCRIPTED_BY_NAME = pdf(catalog=b"/OpenAction<</S/J#61vaScript/J#53(app.alert\\(1\\))>>")
SCRIPTED_IN_A_PACK = pdf(extra=[packed(SCRIPT)])
LAUNCHING = pdf(catalog=b"/OpenAction<</S/Launch/F(calc.exe)>>")
CARRYING = pdf(catalog=b"/Names<</EmbeddedFiles<</Names[(a.exe)6 0 R]>>>>", extra=[b"<</Type/Filespec/F(a.exe)>>"])
LOCKED = assembled(
    [*PLAIN, stream(b"")],
    b"/Encrypt<</Filter/Standard/V 1/R 2/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">/P -4>>/ID[<00><00>]",
)
BOMB = pdf(extra=[stream(zlib.compress(bytes(66 * 1024 * 1024), 9), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")])
HUGE_PAGE = assembled([*PLAIN[:2], PLAIN[2].replace(b"595 842", b"9000000 9000000"), PLAIN[3], stream(b"")])
