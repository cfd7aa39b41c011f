"""An agent of a department writes drafts; what is public, or will be at its time, is not theirs to change."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.accounts.actions import set_role
from core.catalogue import Role
from core.tenancy.context import enter
from modules.news.tests.writing import TYPED, fresh, published, scheduled, user, written
from tests.cast import Cast

Of = Callable[..., Client]
OFFICE = "/mairie/actualites/"


@pytest.fixture
def agent(cast: Cast, client_of: Of) -> Client:
    with enter(cast.aubin.schema_name):
        set_role(user(cast.aubin.resident), Role.AGENT, author=user(cast.aubin.administrator))
    return client_of(cast.aubin.resident)


@pytest.mark.parametrize("make", [published, scheduled])
def test_an_agent_does_not_change_what_residents_will_read(
    make: Callable[..., object], cast: Cast, agent: Client
) -> None:
    item = make(cast.aubin)
    path = f"{OFFICE}{item.pk}/"
    assert agent.get(path)["Location"] == f"{path}apercu/"
    assert agent.post(path, {**TYPED, "version": str(item.version)}).status_code == 403
    for act in ("publier/", "programmer/", "mettre-en-ligne/", "retirer/"):
        assert agent.post(path + act, TYPED).status_code == 403
    page = agent.get(f"{path}apercu/").content.decode()
    assert f'href="{path}"' not in page
    assert "Retirer</a>" not in page
    assert fresh(cast.aubin, item).version == item.version


def test_an_agent_is_shown_no_button_that_refuses(cast: Cast, agent: Client) -> None:
    item = written(cast.aubin)
    for path in (f"{OFFICE}nouvelle/", f"{OFFICE}{item.pk}/", f"{OFFICE}{item.pk}/apercu/"):
        page = agent.get(path).content.decode()
        assert "Publier" not in page.partition("<main")[2].partition("</main>")[0]
    assert agent.post(f"{OFFICE}nouvelle/", TYPED | {"key": ""}).status_code in (302, 422)
    assert agent.post(f"{OFFICE}{item.pk}/", {**TYPED, "version": str(item.version)}).status_code == 302
