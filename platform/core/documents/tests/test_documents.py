"""Documents are read back as they were said."""

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents import Attachment, Unreadable, attachments, pdf

PROBE = Path(__file__).with_name("probe.typ")
HOSTILE = '#panic("x") *gras* $x$ <b>&amp;</b> @web // \\ "é"'


def words(document: bytes) -> str:
    read = pypdfium2.PdfDocument(document)
    return " ".join(page.get_textpage().get_text_range() for page in read)


def test_a_document_says_its_data_with_the_letters_of_french() -> None:
    made = pdf(PROBE, {"title": "Preuve d’alerte", "rows": [["Œuvre à l’été", "« 13 h »"]]})
    assert made.startswith(b"%PDF-")
    said = words(made)
    for word in ("Preuve d’alerte", "Œuvre à l’été", "« 13", "Page 1 sur 1"):
        assert word in said


def test_what_people_typed_is_never_read_as_a_template() -> None:
    assert HOSTILE in words(pdf(PROBE, {"title": "x", "rows": [[HOSTILE, "b"]]}))


def test_a_document_is_for_archives_and_for_screen_readers() -> None:
    made = pdf(PROBE, {"title": "Preuve", "rows": [["a", "b"]]})
    for mark in (b"pdfaid:part", b"pdfuaid:part", b"/MarkInfo", b"/Lang"):
        assert mark in made


def test_it_carries_files_that_come_out_as_they_went_in() -> None:
    text = "é;b\r\n" * 1000
    made = pdf(PROBE, {"title": "x", "rows": []}, [Attachment("lignes.csv", "text/csv", "Des lignes", text)])
    assert attachments(made) == {"lignes.csv": text.encode()}


@pytest.mark.parametrize("given", [b"", b"%PDF-1.7", b"\x00" * 100])
def test_what_is_no_document_is_said_to_be_none(given: bytes) -> None:
    with pytest.raises(Unreadable):
        attachments(given)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Łukasz Nguyễn", "Lukasz Nguyen"),
        ("Hiva ʻOa, Tāhiti", "Hiva ’Oa, Tahiti"),
        ("e\u0301te\u0301", "été"),
        ("ﬁn ①", "fin 1"),
        ("Fête 🎉 日", "Fête ? ?"),
        ("a\u0000b\u202ec\ufeff", "abc"),
        ("œ Œ ç Ç ñ í – — … « » € − °", None),
    ],
)
def test_a_letter_that_no_face_has_is_printed_as_the_nearest(typed: str, read: str | None) -> None:
    if read is None:
        assert "?" not in words(pdf(PROBE, {"title": "x", "rows": [[typed, "b"]]}))
    else:
        assert read in words(pdf(PROBE, {"title": typed, "rows": [[typed, "b"]]}))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_is_printed(typed: str) -> None:
    assert pdf(PROBE, {"title": "x" + typed, "rows": [["a", typed]]}).startswith(b"%PDF-")
