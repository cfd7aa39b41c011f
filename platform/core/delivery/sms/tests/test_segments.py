"""What a text costs is known before it is sent."""

import pytest

from core.delivery.sms.segments import Encoding, Segments, economical, segments

GSM_7, UCS_2 = Encoding.GSM_7, Encoding.UCS_2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Segments(GSM_7, 0, 0)),
        ("a" * 160, Segments(GSM_7, 160, 1)),
        ("a" * 161, Segments(GSM_7, 161, 2)),
        ("a" * 306, Segments(GSM_7, 306, 2)),
        ("a" * 307, Segments(GSM_7, 307, 3)),
        ("é" * 160, Segments(GSM_7, 160, 1)),
        ("€" * 80, Segments(GSM_7, 160, 1)),
        ("ê" * 70, Segments(UCS_2, 70, 1)),
        ("ê" * 71, Segments(UCS_2, 71, 2)),
        ("ê" * 134, Segments(UCS_2, 134, 2)),
        ("ê" * 135, Segments(UCS_2, 135, 3)),
        ("🌊" * 35, Segments(UCS_2, 70, 1)),
        ("a" * 10_000, Segments(GSM_7, 10_000, 66)),
    ],
)
def test_a_text_is_counted_as_it_is_billed(text: str, wanted: Segments) -> None:
    assert segments(text) == wanted


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 152 + "€" + "a" * 152, 3),  # the escape stays with its letter: 152, then 153, then 1
        ("a" * 151 + "€" + "a" * 153, 2),
        ("ê" * 66 + "🌊" + "ê" * 66, 3),
        ("ê" * 65 + "🌊" + "ê" * 67, 2),
    ],
)
def test_no_letter_is_cut_between_two_segments(text: str, count: int) -> None:
    assert segments(text).count == count


def test_every_letter_of_the_alphabets_is_one_unit_or_two() -> None:
    basic = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r "
    assert segments(basic) == Segments(GSM_7, len(basic), 1)
    assert segments("^{}\\[~]|€\f") == Segments(GSM_7, 20, 1)
    assert segments("ç").encoding is UCS_2, "Ç is in the alphabet, ç is not"


def test_french_typography_is_made_plain_when_that_saves_segments() -> None:
    text = "« L’eau est coupée… » : n’en buvez pas\u202f! Cœur de bourg, 8\u00a0h – 12\u00a0h. Rentrez vos bêtes." * 2
    assert segments(text).count == 3
    assert economical(text).startswith("\"L'eau est coupée...\" : n'en buvez pas ! Coeur de bourg, 8 h - 12 h.")
    assert segments(economical(text)) == Segments(GSM_7, len(economical(text)), 2)


def test_letters_keep_their_accents_when_nothing_is_saved() -> None:
    assert economical("Forêt fermée, n’y allez pas") == "Forêt fermée, n’y allez pas"
    long = "La forêt est fermée, n’y allez pas. " * 4
    assert economical(long) == "La foret est fermée, n'y allez pas. " * 4


def test_what_cannot_be_made_plain_stays() -> None:
    text = "Вода " * 20
    assert economical(text) == text
