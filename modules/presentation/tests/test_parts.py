"""What residents and programs read of the team, the services, the links and daily life."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.organisation.models import Delegation, Department, OpeningSlot, SpecialPeriod, Weeks
from core.tenancy.context import enter
from core.tenancy.registry import Locality
from modules.presentation.models import CanteenWeek, Member, Term, UsefulLink
from modules.presentation.queries.services import Service, services
from modules.presentation.tests.full import fill
from tests.cast import Cast

On = Callable[[str], Client]
PAGES = ("/commune/", "/commune/equipe/", "/commune/services/", "/commune/vie-pratique/", "/commune/urgences/")
REST = tuple(f"/api/v1/commune/{part}" for part in ("", "equipe/", "services/", "liens/", "vie-pratique/"))
METROPOLE = Locality("05135", "05", "Europe/Paris")
REUNION = Locality("97411", "974", "Indian/Reunion")
TUESDAY_NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # 12 h in Paris, 15 h in Saint-Denis


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().replace("\u00a0", " ")


def secretariat(name: str, *slots: tuple[int, int, int], weeks: str = Weeks.EVERY) -> Department:
    department = Department.objects.create(name=name)
    for weekday, opens, closes in slots:
        OpeningSlot.objects.create(
            department=department, weekday=weekday, opens=time(opens), closes=time(closes), weeks=weeks
        )
    return department


def said(moment: datetime, where: Locality = METROPOLE) -> dict[str, str]:
    return {each.department.name: each.opening.sentence for each in services(moment, where=where)}


def test_two_mairies_open_six_hours_a_week_each_say_when(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        secretariat("Mairie de Haut", (1, 9, 12), (3, 14, 17))
        secretariat("Mairie déléguée de Bas", (0, 9, 12), (4, 9, 12))
        assert said(TUESDAY_NOON - timedelta(hours=1)) == {
            "Mairie de Haut": "Ouvert jusqu’à 12 h",
            "Mairie déléguée de Bas": "Fermé, ouvre vendredi à 9 h",
        }
        assert said(TUESDAY_NOON)["Mairie de Haut"] == "Fermé, ouvre jeudi à 14 h"


def test_a_commune_overseas_is_open_at_its_own_hour(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        secretariat("Mairie", (1, 14, 16))
        assert said(TUESDAY_NOON) == {"Mairie": "Fermé, ouvre à 14 h"}
        assert said(TUESDAY_NOON, REUNION) == {"Mairie": "Ouvert jusqu’à 16 h"}


def test_a_closing_and_a_holiday_are_said_with_their_reason(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        secretariat("Mairie", *((day, 9, 12) for day in range(5)))
        SpecialPeriod.objects.create(
            first_day=date(2026, 11, 24), last_day=date(2026, 11, 24), reason="Formation", author="a@exemple.fr"
        )
        [service] = services(TUESDAY_NOON - timedelta(hours=2), where=METROPOLE)
        assert (service.opening.sentence, service.opening.week[0].reason) == (
            "Fermé, ouvre demain à 9 h",
            "Formation",
        )
        [service] = services(datetime(2026, 12, 24, 20, tzinfo=UTC), where=METROPOLE)
        assert service.opening.week[1].reason == "Noël"


def test_a_department_without_hours_says_nothing_of_them(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        Department.objects.create(name="Mairie", phone="04 00 00 00 00")
        [service] = services(TUESDAY_NOON, where=METROPOLE)
        assert isinstance(service, Service) and not service.has_hours and service.is_reachable
    for address in ("/", "/commune/", "/commune/services/"):
        page = html(client_on(cast.aubin.host), address)
        assert "04 00 00 00 00" in page and "Fermé" not in page


def test_who_answers_for_a_service_is_a_function_and_an_elected_person(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        department = secretariat("Voirie", (0, 9, 12))
        Delegation.objects.create(
            department=department, user_id=cast.aubin.editor.id, title="Responsable", author="a@exemple.fr"
        )
        Member.objects.create(
            term=Term.objects.create(),
            first_name="Ada",
            surname="Lac",
            function="Adjointe",
            departments=[department.pk],
        )
    page = html(client_on(cast.aubin.host), "/commune/services/")
    assert "Responsable" in page and "Ada Lac" in page
    assert cast.aubin.editor.email not in page


def test_every_list_of_the_council_is_shown_in_the_same_way(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        term = Term.objects.create()
        for place, group in enumerate(("Majorité", "Opposition", "Majorité")):
            Member.objects.create(
                term=term, first_name="Ada", surname=f"Lac{place}", function="Élue", group=group, position=place
            )
    page = html(client_on(cast.aubin.host), "/commune/equipe/")
    shapes = [
        re.sub(r"Lac\d|L\b|Majorité|Opposition|g\d", "", part)
        for part in re.findall(r'<li class="person">.*?</li>', page, re.S)
    ]
    assert len(shapes) == 3 and len(set(shapes)) == 1
    assert len(re.findall(r"<h2[^>]*>(?:Majorité|Opposition)</h2>", page)) == 2


def test_a_member_is_written_to_through_a_service_and_never_directly(cast: Cast, client_on: On) -> None:
    names = {field.name for field in Member._meta.get_fields()}
    assert not {"email", "phone", "address"} & names
    with enter(cast.aubin.schema_name):
        department = Department.objects.create(name="Écoles", email="ecoles@exemple.fr")
        term = Term.objects.create()
        Member.objects.create(
            term=term, first_name="Ada", surname="Lac", function="Adjointe", departments=[department.pk]
        )
    assert 'href="mailto:ecoles@exemple.fr"' in html(client_on(cast.aubin.host), "/commune/equipe/")


def test_the_emergency_numbers_are_there_from_the_first_day(cast: Cast, client_on: On) -> None:
    for address in ("/commune/", "/commune/urgences/"):
        page = html(client_on(cast.aubin.host), address)
        for number in ("15", "17", "18", "112", "119", "3919"):
            assert f'href="tel:{number}"' in page
        assert 'href="sms:114"' in page


def test_residents_still_see_a_link_that_is_broken(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        UsefulLink.objects.create(label="Impôts", url="https://exemple.fr", failures=9, outcome="gone")
    assert "Impôts" in html(client_on(cast.aubin.host), "/commune/")


def test_only_what_was_filled_is_announced(cast: Cast, client_on: On) -> None:
    page = html(client_on(cast.aubin.host), "/commune/vie-pratique/")
    for words in ("Collecte des déchets", "cantine", "marché"):
        assert words not in page
    with enter(cast.aubin.schema_name):
        today = timezone.localdate()
        monday = today - timedelta(days=today.weekday())
        for weeks, dishes in ((-1, "Ancien"), (0, "Soupe"), (1, "Tarte"), (2, "Lointain")):
            CanteenWeek.objects.create(monday=monday + timedelta(days=7 * weeks), days={"0": {"dishes": dishes}})
    page = html(client_on(cast.aubin.host), "/commune/vie-pratique/")
    assert "Soupe" in page and "Tarte" in page
    assert "Ancien" not in page and "Lointain" not in page and "Collecte" not in page


@pytest.mark.parametrize("address", [*PAGES, *REST])
def test_a_page_costs_the_same_however_much_it_shows(cast: Cast, client_on: On, address: str) -> None:
    counts = []
    for count in (1, 6):
        fill(cast.aubin, count, timezone.localdate())
        client = client_on(cast.aubin.host)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8, [each["sql"] for each in captured]


@pytest.mark.parametrize("address", PAGES)
def test_a_full_page_stays_within_its_nodes(cast: Cast, client_on: On, address: str) -> None:
    fill(cast.aubin, 5, timezone.localdate())
    assert len(re.findall(r"<[a-z]", html(client_on(cast.aubin.host), address))) <= 400


@pytest.mark.parametrize("address", [*PAGES, *REST])
def test_what_is_read_is_only_read(cast: Cast, client_of: Any, address: str) -> None:
    client = client_of(cast.aubin.administrator)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address).status_code in {403, 405}


def test_programs_read_every_part(cast: Cast, client_on: On) -> None:
    fill(cast.aubin, 2, timezone.localdate())
    client = client_on(cast.aubin.host)
    page, team, departments, links, practical = (client.get(address).json() for address in REST)
    assert page["links"][0]["url"] == "https://exemple.fr"
    assert team[0]["departments"] == ["Service 0"]
    assert departments[0]["week"][0]["spans"] is not None and departments[0]["is_open"] in {True, False}
    assert {each["phone"] for each in links["emergency_numbers"]} >= {"15", "112", "3919"}
    assert practical["pickups"] and practical["menus"][0]["meals"] and practical["markets"]
