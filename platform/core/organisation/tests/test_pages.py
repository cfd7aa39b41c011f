"""A secretary describes the mairie's departments; everybody else is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.organisation.models import Department, OpeningSlot, SpecialPeriod
from core.tenancy.context import enter
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
NO_OTHERS = {"autres-TOTAL_FORMS": "0", "autres-INITIAL_FORMS": "0"}


@pytest.mark.parametrize("path", ["/mairie/services/", "/mairie/services/nouveau/", "/mairie/fermetures/"])
def test_departments_are_closed_to_whoever_does_not_run_the_mairie(
    cast: Cast, client_on: On, client_of: Of, path: str
) -> None:
    assert client_on(cast.aubin.host).get(path).status_code == 302
    assert client_of(cast.aubin.resident).get(path).status_code == 403
    assert client_of(cast.belleville.administrator, cast.aubin.host).get(path).status_code == 302
    assert client_of(cast.aubin.administrator).get(path).status_code == 200


def test_a_department_and_its_week_are_typed_on_one_page(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    typed = {"name": "Accueil", "semaine-opens_1_1": "09:00", "semaine-closes_1_1": "12 h 30", **NO_OTHERS}
    assert browser.post("/mairie/services/nouveau/", typed).status_code == 302
    page = browser.get("/mairie/services/").content.decode()
    assert "Accueil" in page
    assert "9 h – 12 h 30" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Nom du service"),
        ({"semaine-opens_1_1": "09:00"}, "Écrivez les deux heures"),
        ({"semaine-opens_1_1": "12:00", "semaine-closes_1_1": "09:00"}, "doit suivre"),
        ({"semaine-opens_1_1": "midi", "semaine-closes_1_1": "13:00"}, "Écrivez une heure comme 14:30."),
        (
            {
                "semaine-opens_1_1": "09:00",
                "semaine-closes_1_1": "12:00",
                "semaine-opens_1_2": "11:00",
                "semaine-closes_1_2": "13:00",
            },
            "se chevauchent",
        ),
        ({"email": "pas une adresse"}, "adresse"),
        ({"name": "x" * 81}, "80"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(
    cast: Cast, client_of: Of, typed: dict[str, str], sentence: str
) -> None:
    browser = client_of(cast.aubin.administrator)
    answer = browser.post("/mairie/services/nouveau/", {"name": "Accueil", "mission": "<b>&", **typed, **NO_OTHERS})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "&lt;b&gt;&amp;" in page
    with enter(cast.aubin.schema_name):
        assert not Department.objects.exists()


def test_a_closing_is_announced_and_withdrawn(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    assert browser.post("/mairie/fermetures/", {"first_day": day, "reason": "Fuite d’eau"}).status_code == 302
    assert "Fuite d’eau" in browser.get("/mairie/fermetures/").content.decode()
    with enter(cast.aubin.schema_name):
        period = SpecialPeriod.objects.get()
    assert browser.post(f"/mairie/fermetures/{period.pk}/retirer/").status_code == 302
    assert "Fuite d’eau" not in browser.get("/mairie/fermetures/").content.decode()


def test_a_period_that_ends_before_it_starts_is_refused(cast: Cast, client_of: Of) -> None:
    typed = {"first_day": "2026-12-10", "last_day": "2026-12-01", "reason": "Congés"}
    answer = client_of(cast.aubin.administrator).post("/mairie/fermetures/", typed)
    assert answer.status_code == 422
    assert "vient avant le premier" in answer.content.decode()


def test_the_page_costs_the_same_for_one_department_and_for_ten(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    counts = []
    browser.get("/mairie/services/")
    for names in (["un"], [f"service {number}" for number in range(9)]):
        with enter(cast.aubin.schema_name):
            for name in names:
                department = Department.objects.create(name=name)
                OpeningSlot.objects.create(department=department, weekday=1, opens="09:00", closes="12:00")
        with CaptureQueriesContext(connection) as statements:
            assert browser.get("/mairie/services/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
