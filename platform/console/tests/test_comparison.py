"""What a mandate's page concludes from the directory."""

import pytest
from django.test import Client

from console.comparison import Line, Weight, compare
from console.tests.conftest import asked_for
from tenants.models import Commune, Mandate, Signup
from tests.cast import Cast


def line(mandate: Mandate, label: str) -> Line:
    mandate.refresh_from_db()
    return next(each for each in compare(mandate) if each.label == label)


def official(cast: Cast, **values: str) -> None:
    Commune.objects.filter(insee=cast.doux.insee).update(**values)


@pytest.mark.parametrize("claimed", ["mairie@doux.example", "Mairie@Doux.Example"])
def test_only_the_exact_address_proves(cast: Cast, claimed: str) -> None:
    found = line(asked_for(cast.doux, email=claimed), "Adresse e-mail")
    assert found.weight is Weight.PROOF
    assert found.verdict == "L’adresse est exactement celle de la mairie."


@pytest.mark.parametrize(
    "claimed", ["maire@doux.example", "mairie@doux.example.com", "mairie.doux@example", "mairie@evil-doux.example"]
)
def test_an_address_that_resembles_proves_nothing(cast: Cast, claimed: str) -> None:
    found = line(asked_for(cast.doux, email=claimed), "Adresse e-mail")
    assert found.weight is Weight.DOUBT
    assert found.verdict.startswith("Ce n’est pas l’adresse officielle de la mairie.")


def test_the_same_domain_is_said_to_prove_nothing(cast: Cast) -> None:
    official(cast, official_email="mairie.doux@orange.fr")
    Commune.objects.filter(insee=cast.calme_insee).update(official_email="mairie.calme@Orange.fr")
    found = line(asked_for(cast.doux, email="camille@orange.fr"), "Adresse e-mail")
    assert found.weight is Weight.DOUBT
    assert "(orange.fr) ne prouve rien : 2 mairies l’utilisent" in found.verdict


def test_a_mairie_without_an_official_address_is_not_compared(cast: Cast) -> None:
    official(cast, official_email="")
    found = line(asked_for(cast.doux, email="@"), "Adresse e-mail")
    assert (found.official, found.weight) == ("", Weight.DOUBT)
    assert "ne donne pas d’adresse" in found.verdict


def test_a_code_read_in_the_mairies_mailbox_is_a_proof(cast: Cast) -> None:
    mandate = asked_for(cast.doux, email="camille@orange.fr", official=True)
    assert line(mandate, "Boîte où le code a été lu").weight is Weight.PROOF
    Mandate.objects.update(used_official_mailbox=False)
    assert line(mandate, "Boîte où le code a été lu").weight is Weight.DOUBT


def test_name_and_capacity_are_never_a_proof(cast: Cast, mandate: Mandate) -> None:
    for label in ("Nom", "Qualité"):
        assert line(mandate, label).weight is Weight.NOTHING


def test_the_number_to_call_is_the_directorys(cast: Cast, mandate: Mandate) -> None:
    assert "ne donne pas de numéro" in line(mandate, "Téléphone").verdict
    official(cast, official_phone="+33 3 24 00 00 00")
    assert line(mandate, "Téléphone").phone == "+33324000000"


def test_the_page_sets_both_side_by_side(cast: Cast, console: Client) -> None:
    official(cast, official_phone="+33 3 24 00 00 00")
    text = console.get(f"/mandats/{asked_for(cast.doux, email='camille@orange.fr').pk}/").content.decode()
    for shown in ("Camille Dumont", "Secrétaire de mairie", "camille@orange.fr", "mairie@doux.example"):
        assert shown in text
    for shown in ("tel:+33324000000", "210000006", "08100", "Ardennes", "3 personnes", "12 heures par semaine"):
        assert shown in text


def test_other_openings_of_the_same_person_and_commune_are_shown(cast: Cast, console: Client) -> None:
    mandate = asked_for(cast.doux, email="camille@orange.fr")
    text = console.get(f"/mandats/{mandate.pk}/").content.decode()
    assert "Personne d’autre n’a demandé cette commune." in text
    assert "Cette adresse n’a demandé aucune autre commune." in text
    asked_for(cast.aubin, email="Camille@orange.fr")
    Signup.objects.create(commune_id=cast.doux.insee, name="Dominique", email="dominique@exemple.fr")
    text = console.get(f"/mandats/{mandate.pk}/").content.decode()
    assert "Dominique, dominique@exemple.fr" in text
    assert "1 autre commune demandée avec cette adresse" in text
    assert "Saint-Aubin (80)" in text
    assert "Un domaine ne prouve rien" in text


def test_a_long_list_of_other_openings_is_cut_and_counted(cast: Cast, mandate: Mandate, console: Client) -> None:
    Signup.objects.bulk_create(Signup(commune_id=cast.doux.insee, name=f"Personne {n}") for n in range(30))
    text = console.get(f"/mandats/{mandate.pk}/").content.decode()
    assert "30 autres demandes pour cette commune" in text
    assert text.count("Personne ") <= 12


def test_what_is_typed_at_signup_is_never_read_as_html(cast: Cast, console: Client) -> None:
    mandate = asked_for(cast.doux)
    Signup.objects.update(name="<b>Camille</b>", terms_version='"><script>')
    for address in ("/", "/mandats/", f"/mandats/{mandate.pk}/", f"/communes/{cast.doux.insee}/"):
        text = console.get(address).content.decode()
        assert "<b>Camille" not in text
        assert '"><script>' not in text
