"""The marks of Factur-X in a PDF/A-3 that carries the XML: added at its end, so that nothing else of it moves."""

import re
from io import BytesIO
from typing import Final

from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

FILE_NAME: Final = "factur-x.xml"
_NAMESPACE: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_SAID: Final = {
    "DocumentType": ("INVOICE", "INVOICE"),
    "DocumentFileName": (FILE_NAME, "name of the embedded XML invoice file"),
    "Version": ("1.0", "The actual version of the Factur-X XML schema"),
    "ConformanceLevel": ("EN 16931", "The conformance level of the embedded Factur-X data"),
}
_PROPERTY: Final = (
    '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
    "<pdfaProperty:description>{about}</pdfaProperty:description></rdf:li>"
)
_SCHEMA: Final = (
    '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
    "<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
)
_SCHEMAS_END, _END = "</rdf:Bag></pdfaExtension:schemas>", "</rdf:RDF>"


def marked(document: bytes) -> bytes:
    """With the metadata by which programs know a Factur-X invoice and its profile."""
    catalog = PdfReader(BytesIO(document)).root_object
    place, kept = catalog.raw_get("/Metadata"), catalog["/Metadata"]
    assert isinstance(place, IndirectObject)
    assert isinstance(kept, StreamObject)
    return _with_object(document, place.idnum, _metadata(kept.get_data().decode()).encode())


def _metadata(said: str) -> str:
    properties = "".join(_PROPERTY.format(name=name, about=about) for name, (_, about) in _SAID.items())
    schema = _SCHEMA.format(namespace=_NAMESPACE, properties=properties)
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _) in _SAID.items())
    facts = f'<rdf:Description rdf:about="" xmlns:fx="{_NAMESPACE}">{values}</rdf:Description>'
    assert said.count(_SCHEMAS_END) == said.count(_END) == 1
    return said.replace(_SCHEMAS_END, schema + _SCHEMAS_END).replace(_END, facts + _END)


def _with_object(document: bytes, number: int, data: bytes) -> bytes:
    """An update as PDF has them: the object in its new state, where it is, and the trailer that leads to it."""
    start = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", document)
    trailer = re.search(rb"trailer\s*<<(.*)>>\s*startxref\s+\d+\s+%%EOF\s*$", document, re.DOTALL)
    assert start is not None
    assert trailer is not None
    head = document if document.endswith(b"\n") else document + b"\n"
    body = b"%d 0 obj\n<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        number, len(data), data,
    )  # fmt: skip
    table = b"xref\n%d 1\n%010d 00000 n\r\n" % (number, len(head))
    end = b"trailer\n<<%b/Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer[1], start[1], len(head) + len(body))
    return head + body + table + end
