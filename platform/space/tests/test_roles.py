"""Each role opens its own pages of the office, and no other."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.accounts.actions import set_role
from core.accounts.models import RoleGrant, User
from core.accounts.permissions import SHELL, may
from core.catalogue import STAFF_ROLES, Role
from core.tenancy.context import enter
from space.roles import CHOICES, LABELS, MEANINGS
from space.tests.conftest import Inside
from tests.cast import Cast

Of = Callable[..., Client]
DOORS = {
    "/mairie/habitants/": "space.people",
    "/mairie/reglages/": "space.settings",
    "/mairie/modules/": "space.modules",
    "/mairie/services/": "space.organisation",
    "/mairie/journal/": "space.journal",
    "/mairie/abonnement/": "billing.read",
    "/mairie/actualites/": "news.write",
    "/mairie/commune/": "presentation.write",
}
OPENED = {
    Role.ADMINISTRATOR: set(DOORS),
    Role.EDITOR: {"/mairie/actualites/", "/mairie/commune/"},
    Role.VALIDATOR: {"/mairie/actualites/", "/mairie/commune/"},
    Role.AGENT: {"/mairie/actualites/"},
    Role.ELECTED: {"/mairie/journal/", "/mairie/abonnement/"},
    Role.ACCOUNTANT: {"/mairie/abonnement/"},
    Role.OBSERVER: {"/mairie/journal/"},
}


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_role_opens_its_pages_and_no_other(role: Role, cast: Cast, client_of: Of) -> None:
    with enter(cast.aubin.schema_name):
        author = User.objects.get(pk=cast.aubin.administrator.id)
        set_role(User.objects.get(pk=cast.aubin.resident.id), role, author=author)
    browser = client_of(cast.aubin.resident)
    home = browser.get("/mairie/")
    assert home.status_code == (302 if role is Role.ACCOUNTANT else 200)
    assert {path for path in DOORS if browser.get(path).status_code != 403} == OPENED[role]
    links = browser.get("/mairie/menu/").content.decode()
    assert {path for path in DOORS if f'href="{path}"' in links} == OPENED[role]


def test_nobody_of_a_commune_may_enter_the_console_nor_an_operator_an_office() -> None:
    assert not any(may(role, "console") for role in STAFF_ROLES)
    assert not any(may(Role.OPERATOR, code) for code in (*SHELL, "news.write"))


def test_an_agent_writes_and_does_not_publish() -> None:
    assert may(Role.AGENT, "news.write")
    assert not may(Role.AGENT, "news.publish")


def test_every_role_of_the_staff_has_its_words() -> None:
    told = set(STAFF_ROLES)
    assert told == set(LABELS) == set(MEANINGS) == {Role(value) for value, _ in CHOICES}


def test_a_form_that_lost_its_field_takes_no_role_away(cast: Cast, administrator: Client, inside: Inside) -> None:
    answer = administrator.post(f"/mairie/habitants/{cast.aubin.editor.id}/role/")
    assert answer.status_code == 422
    with inside():
        assert RoleGrant.objects.filter(user=cast.aubin.editor.id, ended_at__isnull=True).exists()
