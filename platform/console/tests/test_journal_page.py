"""The operator's journal, read and searched."""

from django.test import Client

from core.audit.actions import record
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from tenants.models import Mandate
from tests.cast import Cast


def verbs(console: Client, **query: str) -> list[str]:
    return [line.entry.verb for line in console.get("/journal/", query).context["lines"]]


def test_the_journal_is_the_operators_alone(cast: Cast, console: Client) -> None:
    with enter(cast.aubin.schema_name):
        record("space.host_named", target="secret")
    assert "secret" not in console.get("/journal/").content.decode()


def test_acts_are_found_by_kind_author_and_commune(cast: Cast, mandate: Mandate, console: Client) -> None:
    console.post(f"/mandats/{mandate.pk}/demander/", {"text": "Qui ?"})
    console.post(f"/mandats/{mandate.pk}/accepter/")
    console.post(f"/communes/{cast.aubin.insee}/suspendre/", {"reason": "Pour <voir>."})
    assert verbs(console) == ["tenants.suspended", "mandate.accepted", "mandate.asked"]
    assert verbs(console, acte="mandate.asked") == ["mandate.asked"]
    assert verbs(console, commune=cast.aubin.insee) == ["tenants.suspended"]
    assert verbs(console, commune="dou") == ["mandate.accepted", "mandate.asked"]
    assert verbs(console, auteur=cast.operator.email, commune="aubin") == ["tenants.suspended"]
    assert verbs(console, auteur="personne@exemple.fr") == []
    assert "Pour &lt;voir&gt;." in console.get("/journal/").content.decode()


def test_the_journal_is_paged(cast: Cast, console: Client) -> None:
    with entered(OPERATOR):
        for number in range(60):
            record("tenants.suspended", target=f"Commune {number}", insee="12013")
    assert len(verbs(console)) == 50
    assert len(verbs(console, page="2")) == 10
    assert (
        'href="?acte=tenants.suspended&amp;page=2"'
        in console.get("/journal/", {"acte": "tenants.suspended"}).content.decode()
    )
