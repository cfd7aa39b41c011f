"""French mobiles only, as E.164."""

import pytest
from django.core.exceptions import ValidationError

from core.delivery.sms.numbers import e164, shown


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("07-55-12-34-56", "+33755123456"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("06\u00a012\u202f34\u00a056\u00a078", "+33612345678"),
        ("0690 12 34 56", "+590690123456"),
        ("+590 690 12 34 56", "+590690123456"),
        ("0692 12 34 56", "+262692123456"),
        ("0639 12 34 56", "+262639123456"),
        ("0694 12 34 56", "+594694123456"),
        ("+33 696 12 34 56", "+596696123456"),
        ("+687 75 12 34", "+687751234"),
        ("+689 87 12 34 56", "+68987123456"),
        ("+508 55 12 34", "+508551234"),
        ("+681 82 12 34", "+681821234"),
    ],
)
def test_a_french_mobile_is_kept_as_e164(typed: str, wanted: str) -> None:
    assert e164(typed) == wanted
    assert e164(wanted) == wanted


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("01 23 45 67 89", "landline"),
        ("+33 5 61 00 00 00", "landline"),
        ("0590 12 34 56", "landline"),
        ("0899 12 34 56", "landline"),
        ("0700 12 34 56", "landline"),
        ("+689 40 12 34 56", "landline"),
        ("+32 470 12 34 56", "foreign"),
        ("+44 7400 123456", "foreign"),
        ("0041791234567", "foreign"),
        ("", "unreadable"),
        ("3615", "unreadable"),
        ("06 12 34 56", "unreadable"),
        ("06 12 34 56 78 90", "unreadable"),
        ("+33 6 12 34 56", "unreadable"),
        ("zéro six", "unreadable"),
        ("٠٦١٢٣٤٥٦٧٨", "unreadable"),
        ("+" + "3" * 10_000, "unreadable"),
    ],
)
def test_what_is_no_french_mobile_is_refused_with_a_sentence(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        e164(typed)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith((".", "07."))


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("+33612345678", "06 12 34 56 78"),
        ("+590690123456", "06 90 12 34 56"),
        ("+68987123456", "+689 87 12 34 56"),
    ],
)
def test_a_number_is_shown_as_it_is_said(number: str, wanted: str) -> None:
    assert shown(number) == wanted
