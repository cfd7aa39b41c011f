"""Who may not enter the console, before who may."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from core.accounts.models import RoleGrant
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.models import Mandate, Space
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]

PAGES = (
    "/",
    "/mandats/",
    "/mandats/{key}/",
    "/communes/{insee}/",
    "/sms/",
    "/stripe/",
    "/prix/",
    "/journal/",
    "/communes/{insee}/verification/",
    "/communes/{insee}/fichiers/",
    "/communes/{insee}/sms/",
    "/communes/{insee}/abonnement/",
    "/communes/{insee}/abonnement/payeur/",
    "/communes/{insee}/abonnement/terminer/",
    "/abonnements/",
    "/commandes/",
    "/devis/",
    "/factures/",
)
ACTS = (
    "/mandats/{key}/accepter/",
    "/mandats/{key}/refuser/",
    "/mandats/{key}/demander/",
    "/communes/{insee}/suspendre/",
    "/communes/{insee}/reactiver/",
    "/communes/{insee}/abonnement/offrir/",
    "/communes/{insee}/abonnement/reprendre/",
    "/communes/{insee}/abonnement/virement/",
)
# Of orders, papers and invoices: test_selling tries them with real ones.
OBJECTS = (
    "/communes/{insee}/factures/{key}/annuler/",
    "/prix/{key}/",
    "/prix/{key}/brouillon/",
    "/prix/{key}/publier/",
    "/prix/{key}/jeter/",
    "/commandes/{key}/",
    "/commandes/{key}/accepter/",
    "/commandes/{key}/refuser/",
    "/papiers/{key}/",
)
TYPED = {"reason": "Pour voir.", "text": "Pour voir ?", "confirme": "1"}


def addresses(paths: tuple[str, ...], cast: Cast, mandate: Mandate) -> list[str]:
    return [path.format(key=mandate.pk, insee=cast.aubin.insee) for path in paths]


def test_every_page_of_the_console_is_among_those_tried_here() -> None:
    tried = {path.split("/")[1] for path in PAGES + ACTS + OBJECTS}
    assert len(PAGES + ACTS + OBJECTS) == len(get_resolver("console.urls").url_patterns)
    sold = {"abonnements", "commandes", "devis", "factures", "papiers", "prix"}
    assert tried == {"", "mandats", "communes", "sms", "stripe", "journal"} | sold


def test_a_stranger_is_asked_who_they_are_and_changes_nothing(cast: Cast, mandate: Mandate, client_on: On) -> None:
    browser = client_on(cast.console_host)
    for address in addresses(PAGES + OBJECTS, cast, mandate):
        assert browser.get(address).headers["Location"].startswith("/connexion/")
    for address in addresses(ACTS, cast, mandate):
        assert browser.post(address, TYPED).headers["Location"].startswith("/connexion/")
    unchanged(cast, mandate)


@pytest.mark.parametrize("who", ["administrator", "editor", "resident"])
def test_nobody_of_a_commune_enters_with_their_cookie(cast: Cast, mandate: Mandate, client_of: Of, who: str) -> None:
    for place in (cast.aubin, cast.doux):
        browser = client_of(getattr(place, who), cast.console_host)
        for address in addresses(PAGES, cast, mandate):
            assert browser.get(address).status_code == 302
        for address in addresses(ACTS, cast, mandate):
            assert browser.post(address, TYPED).status_code == 302
    unchanged(cast, mandate)


def test_an_operators_cookie_is_nobodys_in_a_commune(cast: Cast, mandate: Mandate, client_of: Of) -> None:
    for place, refused in ((cast.aubin, 302), (cast.doux, 404)):
        browser = client_of(cast.operator, place.host)
        assert browser.get("/mairie/").status_code == refused
        assert browser.get("/mairie/mandat/").status_code == refused
    portal = client_of(cast.operator, cast.portal_host)
    for address in addresses(PAGES[1:] + ACTS, cast, mandate):
        assert address == "/devis/" or portal.get(address).status_code == 404


@pytest.mark.parametrize("site", ["portal", "space", "unopened"])
def test_the_consoles_addresses_exist_on_its_host_only(cast: Cast, mandate: Mandate, client_on: On, site: str) -> None:
    host = {"portal": cast.portal_host, "space": cast.aubin.host, "unopened": cast.calme_host}[site]
    for address in addresses(ACTS, cast, mandate):
        assert client_on(host).post(address, TYPED).status_code == 404
    unchanged(cast, mandate)


def test_somebody_signed_in_who_is_no_operator_any_more_is_refused(
    cast: Cast, mandate: Mandate, console: Client
) -> None:
    with entered(OPERATOR):
        RoleGrant.objects.all().delete()
    for address in addresses(PAGES, cast, mandate):
        assert console.get(address).status_code == 403
    for address in addresses(ACTS, cast, mandate):
        assert console.post(address, TYPED).status_code == 403
    unchanged(cast, mandate)


def test_an_act_needs_the_token_of_a_page(cast: Cast, mandate: Mandate, console: Client) -> None:
    console.handler.enforce_csrf_checks = True
    for address in addresses(ACTS, cast, mandate):
        assert console.post(address, TYPED).status_code == 403
    unchanged(cast, mandate)


def test_an_operator_reads_every_page(cast: Cast, mandate: Mandate, console: Client) -> None:
    for address in addresses(PAGES, cast, mandate):
        response = console.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]


def test_reading_the_address_of_an_act_does_nothing_and_shows_its_page(
    cast: Cast, mandate: Mandate, console: Client
) -> None:
    for address in addresses(ACTS, cast, mandate):
        assert console.get(address).headers["Location"] == address.rpartition("/")[0].rpartition("/")[0] + "/"
    unchanged(cast, mandate)


def test_what_does_not_exist_is_not_found(cast: Cast, console: Client) -> None:
    for address in (
        f"/mandats/{uuid4()}/",
        "/mandats/1/",
        "/communes/99999/",
        "/communes/1201/",
        "/communes/12013%00/",
    ):
        assert console.get(address).status_code == 404
    assert console.post(f"/mandats/{uuid4()}/accepter/").status_code == 404
    assert console.post("/communes/99999/suspendre/", TYPED).status_code == 404


def unchanged(cast: Cast, mandate: Mandate) -> None:
    mandate.refresh_from_db()
    assert not mandate.decision
    assert not mandate.messages.exists()
    states = dict(Space.objects.exclude(commune=None).values_list("commune_id", "state"))
    assert states == {cast.aubin.insee: "active", cast.belleville.insee: "active", cast.doux.insee: "pending"}
