"""Turning modules on and off, with what they need and what needs them."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client

from core.audit.models import Entry
from core.catalogue import Catalogue
from space.tests.conftest import Inside, Statements
from tenants.models import Entitlement
from tenants.switches import modules_on
from tests.cast import Cast

PAGE = "/mairie/modules/"


@pytest.fixture
def news_needs_presentation(settings: Any) -> None:
    """The same modules, one of which needs the other."""
    manifests = [
        replace(each, requires=frozenset({"presentation"})) if each.slug == "news" else each
        for each in project.CATALOGUE
    ]
    settings.CATALOGUE = Catalogue(manifests, project.CATALOGUE._hooks)


def on(cast: Cast) -> frozenset[str]:
    return modules_on(cast.aubin.schema_name)


def test_a_module_goes_off_and_on_again_and_the_journal_says_who(
    cast: Cast, administrator: Client, anyone: Client, inside: Inside
) -> None:
    answer = administrator.post(PAGE + "news/", {"etat": "off"}, follow=True)
    assert "Désactivé : Actualités. Rien n’est effacé." in answer.content.decode()
    assert "par administrator@aubin.example" in answer.content.decode()
    assert anyone.get("/actualites/").status_code == 404
    assert "Actualités" not in anyone.get("/").content.decode()
    assert "Activé : Actualités." in administrator.post(PAGE + "news/", {"etat": "on"}, follow=True).content.decode()
    assert anyone.get("/actualites/").status_code == 200
    with inside():
        assert [entry.verb for entry in Entry.objects.order_by("at")] == ["space.module_off", "space.module_on"]


def test_a_module_that_is_off_already_changes_nothing(cast: Cast, administrator: Client, inside: Inside) -> None:
    administrator.post(PAGE + "news/", {"etat": "on"})
    with inside():
        assert not Entry.objects.exists()


def test_an_unknown_module_is_not_found(administrator: Client) -> None:
    assert administrator.post(PAGE + "unknown/", {"etat": "on"}).status_code == 404


@pytest.mark.usefixtures("news_needs_presentation")
def test_the_page_says_what_a_module_needs_and_what_needs_it(administrator: Client) -> None:
    page = administrator.get(PAGE).content.decode()
    assert "A besoin de : La commune" in page
    assert "Sert à : Actualités" in page


@pytest.mark.usefixtures("news_needs_presentation")
def test_turning_off_what_another_needs_asks_first(cast: Cast, administrator: Client) -> None:
    asked = administrator.post(PAGE + "presentation/", {"etat": "off"})
    page = asked.content.decode()
    assert "Désactiver « La commune » ?" in page
    assert "<li>Actualités</li>" in page
    assert on(cast) == {"alerts", "news", "presentation"}
    administrator.post(PAGE + "presentation/", {"etat": "off", "confirme": "1"})
    assert on(cast) == {"alerts"}


@pytest.mark.usefixtures("news_needs_presentation")
def test_turning_on_what_needs_another_asks_first(cast: Cast, administrator: Client) -> None:
    administrator.post(PAGE + "presentation/", {"etat": "off", "confirme": "1"})
    page = administrator.post(PAGE + "news/", {"etat": "on"}).content.decode()
    assert "Activer « Actualités » ?" in page
    assert "<li>La commune</li>" in page
    assert on(cast) == {"alerts"}
    administrator.post(PAGE + "news/", {"etat": "on", "confirme": "1"})
    assert on(cast) == {"alerts", "news", "presentation"}


def test_what_the_subscription_leaves_out_cannot_be_turned_on(cast: Cast, administrator: Client) -> None:
    administrator.post(PAGE + "news/", {"etat": "off"})
    Entitlement.objects.filter(space=cast.aubin.space, module="news").delete()
    assert "Votre abonnement ne le comprend pas." in administrator.get(PAGE).content.decode()
    answer = administrator.post(PAGE + "news/", {"etat": "on"}, follow=True)
    assert "Votre abonnement ne comprend pas : Actualités." in answer.content.decode()
    assert on(cast) == {"alerts", "presentation"}


def test_the_list_costs_the_same_whatever_its_history(administrator: Client, statements: Statements) -> None:
    few = statements(administrator, PAGE)
    for _ in range(4):
        for state in ("off", "on"):
            administrator.post(PAGE + "news/", {"etat": state})
    assert statements(administrator, PAGE) == few
