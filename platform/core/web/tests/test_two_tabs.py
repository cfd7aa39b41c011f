"""Two tabs that change one thing: the second is told, and loses nothing of what was typed."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.audit.models import Entry
from core.organisation.models import Department
from core.tenancy.context import enter
from core.territory.models import Area
from tests.cast import Cast
from tests.found_forms import FoundForm, forms_in

SERVICES, AREAS, SETTINGS = "/mairie/services/", "/mairie/territoire/", "/mairie/reglages/"
OUTLINE = "44.99, 3.99\n44.99, 4.01\n45.01, 4.01"


@pytest.fixture
def office(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.aubin.administrator)


def tab(office: Client, page: str, field: str) -> FoundForm:
    """The page opened in a tab, and its form that has this field."""
    found = [each for each in forms_in(office.get(page).content.decode()) if field in each.names]
    return found[0]


def sent(office: Client, form: FoundForm, page: str, **typed: str) -> tuple[int, str]:
    stands = {each.name: each.value for each in form.fields if each.value is not None}
    answer = office.post(form.action or page, stands | typed)
    return answer.status_code, answer.content.decode()


@pytest.fixture
def department(cast: Cast, office: Client) -> str:
    page = SERVICES + "nouveau/"
    form = tab(office, page, "name")
    assert sent(office, form, page, name="Accueil")[0] == 302
    with enter(cast.aubin.schema_name):
        return f"{SERVICES}{Department.objects.get().pk}/"


def test_the_second_tab_of_a_department_is_told_and_keeps_what_it_typed(office: Client, department: str) -> None:
    here, there = (tab(office, department, "name") for _ in range(2))
    monday = {"semaine-opens_0_1": "09:00", "semaine-closes_0_1": "12:00"}
    assert sent(office, here, department, phone="01 02 03 04 05", **monday)[0] == 302
    status, page = sent(office, there, department, mission="Les actes d’état civil")
    assert status == 409
    assert "Une autre version a été enregistrée" in page
    assert "<b>Téléphone</b> : 01 02 03 04 05" in page
    assert "<b>lundi, ouvre à</b> : 09:00" in page
    assert "Les actes d’état civil</textarea>" in page


def test_the_second_tab_may_be_sent_again_on_top(cast: Cast, office: Client, department: str) -> None:
    here, there = (tab(office, department, "name") for _ in range(2))
    sent(office, here, department, mission="Une")
    _, page = sent(office, there, department, mission="Autre")
    again = next(each for each in forms_in(page) if "mission" in each.names)
    assert sent(office, again, department)[0] == 302
    with enter(cast.aubin.schema_name):
        assert Department.objects.get().mission == "Autre"


def test_a_department_sent_twice_is_one_with_one_line_in_the_journal(cast: Cast, office: Client) -> None:
    page = SERVICES + "nouveau/"
    form = tab(office, page, "name")
    for _ in range(2):
        assert sent(office, form, page, name="Voirie")[0] == 302
    with enter(cast.aubin.schema_name):
        assert Department.objects.count() == 1
        assert Entry.objects.filter(verb="organisation.department_created").count() == 1


def test_what_is_changed_after_going_back_is_a_change_of_the_same_department(cast: Cast, office: Client) -> None:
    page = SERVICES + "nouveau/"
    form = tab(office, page, "name")
    sent(office, form, page, name="Voirie")
    status, shown = sent(office, form, page, name="Voirie", mission="Les routes")
    assert status == 409
    again = next(each for each in forms_in(shown) if "mission" in each.names)
    assert again.action.startswith(SERVICES)
    assert sent(office, again, again.action)[0] == 302
    with enter(cast.aubin.schema_name):
        assert Department.objects.get().mission == "Les routes"


def test_the_second_tab_of_an_area_is_told_and_keeps_what_it_drew(cast: Cast, office: Client) -> None:
    page = AREAS + "zones/nouvelle/"
    assert sent(office, tab(office, page, "outline"), page, name="La Combe", outline=OUTLINE)[0] == 302
    with enter(cast.aubin.schema_name):
        page = f"{AREAS}zones/{Area.objects.get().pk}/"
    here, there = (tab(office, page, "outline") for _ in range(2))
    assert sent(office, here, page, name="Les Combes")[0] == 302
    status, shown = sent(office, there, page, outline=OUTLINE.replace("45.01", "45.02"))
    assert status == 409
    assert "<b>Nom de la zone</b> : Les Combes" in shown
    assert "45.02, 4.01</textarea>" in shown


def test_the_second_tab_of_the_settings_is_told_and_keeps_what_it_chose(office: Client) -> None:
    here, there = (tab(office, SETTINGS, "news-home_items") for _ in range(2))
    assert sent(office, here, SETTINGS, **{"news-home_items": "6"})[0] == 302
    status, page = sent(office, there, SETTINGS, **{"news-home_items": "9"})
    assert status == 409
    assert "</b> : 6</li>" in page
    again = next(each for each in forms_in(page) if "news-home_items" in each.names)
    assert again.value_of("news-home_items") == "9"
    assert sent(office, again, SETTINGS)[0] == 302


def test_the_second_tab_of_the_appearance_is_told(office: Client) -> None:
    here, there = (tab(office, SETTINGS, "landscape") for _ in range(2))
    chosen = {"arms_pattern": "plain", "arms_figure": "letter", "tint": "#0f6b5c", "accent": "#0f6b5c"}
    assert office.post(here.action, {"read": here.value_of("read"), **chosen, "landscape": "coast"}).status_code == 302
    answer = office.post(there.action, {"read": there.value_of("read"), **chosen, "landscape": "hill"})
    assert answer.status_code == 409
    assert "<b>Le paysage</b>" in answer.content.decode()


def test_the_second_tab_of_a_person_is_told_the_role_that_they_have_now(cast: Cast, office: Client) -> None:
    page = f"/mairie/habitants/{cast.aubin.editor.id}/"
    here, there = (tab(office, page, "role") for _ in range(2))
    assert office.post(here.action, {"read": here.value_of("read"), "role": "validator"}).status_code == 302
    answer = office.post(there.action, {"read": there.value_of("read"), "role": "observer"})
    assert answer.status_code == 409
    assert "Ce rôle a été changé entre-temps" in answer.content.decode()
    again = next(each for each in forms_in(answer.content.decode()) if "role" in each.names)
    assert office.post(again.action, {"read": again.value_of("read"), "role": "observer"}).status_code == 302


def test_saving_what_stands_writes_nothing(cast: Cast, office: Client, department: str) -> None:
    with enter(cast.aubin.schema_name):
        before = Entry.objects.count()
    assert sent(office, tab(office, department, "name"), department)[0] == 302
    assert sent(office, tab(office, SETTINGS, "news-home_items"), SETTINGS)[0] == 302
    with enter(cast.aubin.schema_name):
        assert Entry.objects.count() == before
