"""Two people who give one name at the same moment: one has it, the other is told at the field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client

from core.organisation.models import Department
from core.territory.models import Area
from tests.conftest import Neighbours
from tests.found_forms import encoded, forms_in
from tests.probing import undone

Of = Callable[..., Client]


@pytest.mark.parametrize(
    ("model", "page"),
    [(Department, "/mairie/services/nouveau/"), (Area, "/mairie/territoire/zones/nouvelle/")],
)
def test_a_name_that_is_given_meanwhile_is_refused_at_its_field(
    one_way: Neighbours, client_of: Of, model: type[models.Model], page: str
) -> None:
    browser = client_of(one_way.victim.administrator)
    [form] = [each for each in forms_in(browser.get(page).content.decode()) if "name" in each.names]
    outline = "45.00, 4.00\n45.01, 4.00\n45.01, 4.01"
    sent = encoded(form.filled({"name": "Voirie", "outline": outline}))
    meanwhile = _somebody_else(model)
    with undone(), connection.execute_wrapper(meanwhile):
        answer = browser.generic("POST", page, sent, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "porte déjà ce nom" in answer.content.decode()
    assert 'value="Voirie"' in answer.content.decode()


def _somebody_else(model: type[models.Model]) -> Any:
    """Gives the name to the row that stands there, after the look and before the write."""
    table, done = model._meta.db_table, []

    def wrapper(execute: Any, sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        if str(sql).startswith(f'INSERT INTO "{table}"') and not done:
            done.append(True)
            execute(f'update "{table}" set name = %s', ["Voirie"], False, context)
        return execute(sql, parameters, many, context)

    return wrapper
