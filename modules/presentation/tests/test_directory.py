"""The page's first words, made of the directory's facts."""

import re
from typing import Any

import pytest

from core.organisation.models import Department
from core.tenancy.context import enter
from modules.presentation import hooks
from modules.presentation.models import Block, Page, PageVersion
from modules.presentation.queries.directory import epci, introduction, unwritten
from modules.presentation.tests.facts import facts
from tenants.directory.departements import departement_named
from tenants.directory.source import communes
from tests.cast import Cast

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, (f"Sainte-Colombe est une commune située dans les Hautes-Alpes, en région Provence-Alpes-Côte d’Azur. "
             f"Elle compte 65{NBSP}habitants et fait partie de la communauté de communes du Sisteronais Buëch.")),
        ({"population": None, "epci_name": "CA du Grand Verdun"},
         ("Sainte-Colombe est une commune située dans les Hautes-Alpes, en région Provence-Alpes-Côte d’Azur. "
         "Elle fait partie de la communauté d’agglomération du Grand Verdun.")),
        ({"population": 1, "epci_name": ""},
         (f"Sainte-Colombe est une commune située dans les Hautes-Alpes, en région Provence-Alpes-Côte d’Azur. "
         f"Elle compte 1{NBSP}habitant.")),
        ({"population": None, "epci_name": "", "region_name": ""},
         "Sainte-Colombe est une commune située dans les Hautes-Alpes."),
        ({"name": "L'Île-d'Yeu", "population": 4_900, "epci_name": "Métropole Nice Côte d'Azur"},
         (f"L’Île-d’Yeu est une commune située dans les Hautes-Alpes, en région Provence-Alpes-Côte d’Azur. "
         f"Elle compte 4\u202f900{NBSP}habitants et fait partie de la Métropole Nice Côte d’Azur.")),
        ({"name": "Paris", "departement_name": "Paris", "locative": "à Paris", "region_name": "Île-de-France",
          "population": None, "epci_name": "Toulouse Métropole"},
         ("Paris est une commune située en région Île-de-France. "
         "Elle fait partie de l’intercommunalité « Toulouse Métropole ».")),
        ({"name": "Saint-Martin", "departement_name": "Saint-Martin", "locative": "à Saint-Martin", "region_name": "",
          "population": None, "epci_name": ""},
         "Saint-Martin est une collectivité d’outre-mer."),
        ({"departement_name": "La Réunion", "locative": "à La Réunion", "region_name": "La Réunion",
          "population": None, "epci_name": ""},
         "Sainte-Colombe est une commune située à La Réunion."),
    ],
)  # fmt: skip
def test_only_what_is_known_is_said_and_it_reads_well(changes: dict[str, Any], said: str) -> None:
    assert introduction(facts(**changes)) == said


def test_the_introduction_of_every_commune_of_france_reads_well() -> None:
    wrong, seen = [], 0
    for row in communes():
        departement = departement_named(row.departement)
        known = facts(
            name=row.name,
            departement=row.departement,
            departement_name=departement.name,
            region_name=departement.region,
            locative=departement.locative,
            population=row.population,
            epci_name=row.epci_name,
        )
        said = introduction(known)
        seen += 1
        if re.search(r"'|  |\bNone\b|, \.|« »|\be[nt] (?:\.|,)|située\.|à Paris, ", said) or not said.endswith(
            (".", "».")
        ):
            wrong.append(said)
        if len(said) > 2_000 or len(row.name) > 100:
            wrong.append(said)
    assert seen > 34_000
    assert wrong == []


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("CC du Guillestrois et du Queyras", "communauté de communes du Guillestrois et du Queyras"),
        ("CU d'Arras", "communauté urbaine d’Arras"),
        ("CCAS", "CCAS"),
        ("Bordeaux Métropole", "Bordeaux Métropole"),
        ("", ""),
    ],
)
def test_an_intercommunality_is_said_in_words(short: str, said: str) -> None:
    assert epci(short) == said


def test_what_the_directory_does_not_say_is_left_empty() -> None:
    page = unwritten(facts(epci_name="", population=None))
    assert page.title == "Sainte-Colombe"
    assert page.summary.endswith("Côte d’Azur.")


@pytest.mark.parametrize(("phone", "email"), [("04 00 00 00 00", "mairie@exemple.fr"), ("", "")])
def test_the_mairie_of_a_new_commune_has_what_the_directory_knows_and_no_hours(
    cast: Cast, phone: str, email: str
) -> None:
    with enter(cast.aubin.schema_name):
        hooks.opened(facts(official_phone=phone, official_email=email))
        hooks.opened(facts(official_phone="05 00 00 00 00"))
        department = Department.objects.get()
        assert (department.name, department.phone, department.email) == ("Mairie", phone, email)
        assert (department.place, department.slots.count()) == ("", 0)


def test_a_commune_that_opens_has_its_page_and_opening_again_changes_nothing(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        assert not Page.objects.exists()
        hooks.opened(facts())
        Block.objects.update(data={"title": "", "body": "Nos mots."})
        hooks.opened(facts(name="Autre"))
        version = PageVersion.objects.online().get(page__slug="")
        assert (version.title, version.blocks.get().data["body"]) == ("Sainte-Colombe", "Nos mots.")
