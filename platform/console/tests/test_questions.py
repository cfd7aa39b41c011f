"""A question to the mairie, and its answer."""

from collections.abc import Callable

import pytest
from django.test import Client

from console.tests.conftest import noted, written
from core.audit.models import Entry
from core.tenancy.context import enter
from tenants.models import Mandate
from tests.cast import Cast

Of = Callable[..., Client]


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\0b"])
def test_a_question_without_words_is_sent_back(cast: Cast, mandate: Mandate, console: Client, text: str) -> None:
    page = console.post(f"/mandats/{mandate.pk}/demander/", {"text": text})
    assert page.status_code == 422
    assert page.context["question"]["text"].value() == text
    assert not mandate.messages.exists()
    assert not written()


def test_a_question_reaches_the_administrators_with_a_link_to_answer(
    cast: Cast, mandate: Mandate, console: Client
) -> None:
    assert console.post(f"/mandats/{mandate.pk}/demander/", {"text": "Qui est le maire ?"}).status_code == 302
    (mail,) = written()
    assert mail.recipient == cast.doux.administrator.email
    assert "Qui est le maire ?" in mail.text
    assert f"https://{cast.doux.host}/mairie/mandat/" in mail.text
    line = noted()[0]
    assert (line.verb, line.author, line.detail["text"]) == ("mandate.asked", cast.operator.email, "Qui est le maire ?")
    with enter(cast.doux.schema_name):
        assert Entry.objects.filter(verb="mandate.asked").count() == 1


def test_the_mairie_answers_in_its_space_and_the_operator_reads_it(
    cast: Cast, mandate: Mandate, console: Client, client_of: Of
) -> None:
    console.post(f"/mandats/{mandate.pk}/demander/", {"text": "Qui est le maire ?"})
    assert "question posée" in console.get("/mandats/").content.decode()
    mairie = client_of(cast.doux.administrator)
    assert "Qui est le maire ?" in mairie.get("/mairie/mandat/").content.decode()
    assert "a répondu" not in console.get("/mandats/").content.decode()
    mairie.post("/mairie/mandat/", {"text": "C’est écrit sur <la porte>."})
    for address in ("/", "/mandats/", f"/mandats/{mandate.pk}/"):
        assert "a répondu" in console.get(address).content.decode()
    page = console.get(f"/mandats/{mandate.pk}/").content.decode()
    assert page.index("Qui est le maire ?") < page.index("C’est écrit sur &lt;la porte&gt;.")


def test_a_second_question_waits_for_a_second_answer(
    cast: Cast, mandate: Mandate, console: Client, client_of: Of
) -> None:
    console.post(f"/mandats/{mandate.pk}/demander/", {"text": "Qui est le maire ?"})
    client_of(cast.doux.administrator).post("/mairie/mandat/", {"text": "Vous le savez."})
    console.post(f"/mandats/{mandate.pk}/demander/", {"text": "Vraiment ?"})
    page = console.get("/mandats/").content.decode()
    assert "question posée" in page
    assert "a répondu" not in page


def test_a_neighbours_administrator_reads_no_question(
    cast: Cast, mandate: Mandate, console: Client, client_of: Of
) -> None:
    console.post(f"/mandats/{mandate.pk}/demander/", {"text": "Qui est le maire ?"})
    answer = client_of(cast.aubin.administrator).get("/mairie/mandat/", follow=True)
    assert "Qui est le maire ?" not in answer.content.decode()
