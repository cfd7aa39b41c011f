"""What the legal pages say in the commune's name: typed by the mairie, said as it is, forgotten with the person."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.accounts.actions import delete_account, rename
from core.accounts.models import User
from core.audit.models import Entry
from core.organisation.models import LegalNotice
from core.organisation.personal import legal_notice
from core.tenancy.context import enter
from tests.cast import Cast

Of = Callable[..., Client]
PAGE = "/mairie/reglages/mentions/"
SAID = {
    "director_role": "Maire",
    "director_name": "Camille Dupré",
    "dpo_name": "Centre de gestion",
    "dpo_email": "dpo@exemple.fr",
    "dpo_contact": "",
}


def test_only_who_sets_the_space_writes_its_notice(cast: Cast, client_on: Of, client_of: Of) -> None:
    for browser in (client_on(cast.aubin.host), client_of(cast.aubin.resident), client_of(cast.aubin.editor)):
        assert browser.post(PAGE, SAID).status_code in {302, 403}
    with enter(cast.aubin.schema_name):
        assert not LegalNotice.objects.exists()


def test_the_legal_pages_say_what_the_mairie_wrote(cast: Cast, client_on: Of, client_of: Of) -> None:
    anyone = client_on(cast.aubin.host)
    assert "revient à la ou au maire" in anyone.get("/mentions-legales/").content.decode()
    for _ in range(2):  # a double click
        assert client_of(cast.aubin.administrator).post(PAGE, SAID).status_code == 302
    assert "Camille Dupré, Maire." in anyone.get("/mentions-legales/").content.decode()
    privacy = anyone.get("/donnees-personnelles/").content.decode()
    assert "Centre de gestion" in privacy
    assert "mailto:dpo@exemple.fr" in privacy
    with enter(cast.aubin.schema_name):
        assert LegalNotice.objects.get().author == cast.aubin.administrator.email
        assert Entry.objects.filter(verb="organisation.notice_signed").count() == 1
    assert "Camille" not in client_on(cast.belleville.host).get("/mentions-legales/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"director_role": ""}, "Indiquez aussi la fonction"),
        ({"director_name": ""}, "Indiquez aussi le nom"),
        ({"dpo_email": ""}, "Indiquez comment joindre"),
        ({"dpo_email": "dpo@"}, "Écrivez une adresse complète"),
    ],
)
def test_half_a_notice_is_refused_with_a_sentence(
    wrong: dict[str, str], sentence: str, cast: Cast, client_of: Of
) -> None:
    answer = client_of(cast.aubin.administrator).post(PAGE, SAID | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="Centre de gestion"' in answer.content.decode()


def test_the_second_tab_of_a_notice_is_told(cast: Cast, client_of: Of) -> None:
    office = client_of(cast.aubin.administrator)
    read = office.get(PAGE).context["read"]
    assert office.post(PAGE, {**SAID, "read": read}).status_code == 302
    answer = office.post(PAGE, {**SAID, "dpo_name": "Autre", "read": read})
    assert answer.status_code == 409
    assert "</b> : Centre de gestion</li>" in answer.content.decode()
    assert 'value="Autre"' in answer.content.decode()


def test_an_empty_notice_is_a_first_step(cast: Cast, client_of: Of) -> None:
    office = client_of(cast.aubin.administrator)
    steps = {step.title: step.done for step in office.get("/mairie/").context["steps"]}
    assert steps["Compléter les mentions légales"] is False
    office.post(PAGE, SAID)
    steps = {step.title: step.done for step in office.get("/mairie/").context["steps"]}
    assert steps["Compléter les mentions légales"] is True


def test_who_is_named_there_reads_it_in_their_data_and_is_forgotten_with_their_account(
    cast: Cast, client_of: Of
) -> None:
    client_of(cast.aubin.administrator).post(PAGE, SAID)
    with enter(cast.aubin.schema_name):
        resident = User.objects.get(pk=cast.aubin.resident.id)
        assert not list(legal_notice(resident))
        rename(resident, name="camille dupré")
        assert [record.content for record in legal_notice(resident)] == [
            {"direction de la publication": "Camille Dupré"}
        ]
        delete_account(resident)
        notice = LegalNotice.objects.get()
        assert (notice.director_name, notice.dpo_name) == ("", "Centre de gestion")
