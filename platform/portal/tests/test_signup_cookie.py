"""What ties a browser to its opening: one signed cookie, and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from portal.signup import cookie
from portal.signup.actions import PURGE, purge_signups
from portal.tests.journey import QUESTIONS, Journey, text
from tenants.models import Commune, Signup
from tests.cast import Cast

On = Callable[[str], Client]
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PAGES = ["modules", "vous", "contrat", "code"]


@pytest.fixture
def journey(cast: Cast, client_on: On) -> Journey:
    return Journey(client_on(cast.portal_host), cast.calme_insee)


@pytest.fixture
def drowsy() -> Commune:
    """Another commune without a space."""
    return Commune.objects.create(insee="23032", name="Dormant", folded="dormant", slug="dormant", departement="23")


def test_the_cookie_stays_on_its_host_and_out_of_scripts(journey: Journey, settings: Any) -> None:
    morsel = journey.begin().cookies["__Host-signup"]
    assert morsel["secure"] and morsel["httponly"] and morsel["samesite"] == "Lax"
    assert (morsel["path"], morsel["domain"], morsel["max-age"]) == ("/", "", 7 * 24 * 3600)
    settings.SCHEME = "http"
    assert cookie.name() == "signup"


@pytest.mark.parametrize("page", PAGES)
def test_without_its_cookie_an_opening_is_nobodys(cast: Cast, client_on: On, journey: Journey, page: str) -> None:
    journey.until_code()
    stranger = client_on(cast.portal_host)
    for response in (stranger.get(f"/ouvrir/{page}/"), stranger.post(f"/ouvrir/{page}/", {"code": journey.code()})):
        assert response.status_code == 404
        assert "Acceptez les cookies" in text(response)


@pytest.mark.parametrize("forge", ["key", "signature", "unsigned", "empty", "long"])
def test_a_tampered_cookie_is_no_cookie(cast: Cast, client_on: On, journey: Journey, forge: str) -> None:
    journey.until_code()
    value = journey.client.cookies["__Host-signup"].value
    other = Signup.objects.create(commune_id=cast.calme_insee, team=1, hours=1, want="inform").pk.hex
    key, stamp, signature = value.split(":")
    forged = {
        "key": f"{other}:{stamp}:{signature}",
        "signature": f"{key}:{stamp}:{signature[::-1]}",
        "unsigned": key,
        "empty": "",
        "long": "x" * 5000,
    }[forge]
    journey.client.cookies["__Host-signup"] = forged
    assert journey.client.get("/ouvrir/code/").status_code == 404


def test_a_cookie_reaches_its_own_opening_only(cast: Cast, client_on: On, journey: Journey, drowsy: Commune) -> None:
    mine = journey.until_code()
    theirs = Journey(client_on(cast.portal_host), drowsy.insee, email="paul@exemple.fr").until_code()
    assert theirs.type(mine.code()).status_code == 422 or mine.code() == theirs.code()
    page = text(theirs.client.get("/ouvrir/contrat/"))
    assert "Dormant" in page and "claire@exemple.fr" not in page


def test_a_form_left_in_another_tab_does_not_write_into_the_opening_begun_since(
    journey: Journey, drowsy: Commune
) -> None:
    journey.until_code()
    journey.client.post(f"/ouvrir/{drowsy.insee}/", QUESTIONS)
    response = journey.client.post("/ouvrir/modules/", {"modules": ["news"], "commune": journey.insee})
    assert response.status_code == 409
    page = text(response)
    assert "Continuer avec Dormant" in page and "Reprendre Calme du début" in page
    assert Signup.objects.get(commune=drowsy).modules == []
    right = journey.client.post("/ouvrir/modules/", {"modules": ["news"], "commune": drowsy.insee})
    assert right.status_code == 302


def test_every_form_says_which_commune_it_is_for(journey: Journey) -> None:
    journey.until_code()
    for page in PAGES:
        assert f'name="commune" value="{journey.insee}"' in text(journey.client.get(f"/ouvrir/{page}/"))


def test_an_opening_left_on_the_way_is_resumed_where_it_was(journey: Journey) -> None:
    journey.begin()
    journey.choose()
    page = text(journey.client.get("/ouvrir/"))
    assert "Vous aviez commencé : Calme" in page
    assert 'href="/ouvrir/vous/"' in page
    journey.begin()
    assert Signup.objects.count() == 1


def test_an_opening_is_forgotten_after_seven_days(journey: Journey) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        journey.begin()
        assert DueWork.objects.get(job=PURGE, schema_name=OPERATOR.schema_name).due_at == NOON + timedelta(days=7)
        now.shift(timedelta(days=6))
        with entered(OPERATOR):
            assert purge_signups() == NOON + timedelta(days=7)
        assert journey.client.get("/ouvrir/modules/").status_code == 200
        now.shift(timedelta(days=1, seconds=1))
        assert journey.client.get("/ouvrir/modules/").status_code == 404
        with entered(OPERATOR):
            assert purge_signups() is None
    assert not Signup.objects.exists()


def test_an_opening_that_led_to_a_space_is_kept(journey: Journey) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        journey.finish()
        now.shift(timedelta(days=400))
        with entered(OPERATOR):
            assert purge_signups() is None
    assert Signup.objects.get().space


def test_refused_cookies_are_told(cast: Cast) -> None:
    origin = f"https://{cast.portal_host}"
    headers = {"host": cast.portal_host, "x-forwarded-proto": "https", "origin": origin}
    response = Client(enforce_csrf_checks=True, headers=headers).post(f"/ouvrir/{cast.calme_insee}/", QUESTIONS)
    assert response.status_code == 403
    assert "Votre navigateur refuse nos cookies" in text(response)
