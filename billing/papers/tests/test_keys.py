"""Numbers with a key: what is right is taken however it is typed, what is wrong is said in French."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siret

from billing.papers import siret_of_siren, spaced_iban, spaced_siret, valid_bic, valid_iban, valid_siret

EZE = "21060059900018"


@pytest.mark.parametrize("typed", [EZE, "210 600 599 00018", " 210.600.599-00018\t", "210\u202f600\u00a0599 00018"])
def test_a_siret_is_taken_however_it_is_spaced(typed: str) -> None:
    assert valid_siret(typed) == valid_siret(typed, siren="210600599") == EZE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "chiffres"),
        ("2106005990001O", "chiffres"),
        ("２１０６００５９９０００１８", "chiffres"),
        ("210600599", "14 chiffres ; celui-ci en a 9"),
        ("210600599000180", "celui-ci en a 15"),
        ("21060059900019", "clé de contrôle"),
        ("12060059900018", "clé de contrôle"),
        ("<b>", "chiffres"),
    ],
)
def test_a_wrong_siret_is_refused_with_its_reason(typed: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        valid_siret(typed)


def test_a_siret_of_another_body_is_refused() -> None:
    with pytest.raises(ValidationError, match="autre organisme : le vôtre commence par 210 600 599"):
        valid_siret("00012345500016", siren="210600599")


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place: int, more: int) -> None:
    wrong = EZE[:place] + str((int(EZE[place]) + more) % 10) + EZE[place + 1 :]
    with pytest.raises(ValidationError):
        valid_siret(wrong)


@given(st.integers(1, 9999))
def test_the_siret_of_an_establishment_has_its_key(rank: int) -> None:
    made = siret_of_siren("210600599", rank)
    assert siret.is_valid(made)
    assert made[9:13] == f"{rank:04}"


def test_numbers_are_shown_in_groups_that_no_line_break_cuts() -> None:
    assert spaced_siret(EZE) == "210\u00a0600\u00a0599\u00a000018"
    assert spaced_siret("") == ""
    assert spaced_iban("FR7699999000010000000000115").startswith("FR76\u00a09999")


def test_an_iban_and_a_bic_are_checked() -> None:
    assert valid_iban("fr76 9999 9000 0100 0000 0000 115") == "FR7699999000010000000000115"
    assert valid_bic("demofrppxxx") == "DEMOFRPPXXX"
    for typed in ("", "FR7699999000010000000000116", "FR76"):
        with pytest.raises(ValidationError, match="IBAN"):
            valid_iban(typed)
    for typed in ("", "DEMO", "12345678"):
        with pytest.raises(ValidationError, match="BIC"):
            valid_bic(typed)
