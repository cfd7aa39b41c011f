from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from core.api.pagination import Pages
from core.api.throttles import Anonymous
from core.tenancy.context import enter
from tests.cast import Cast

On = Callable[[str], Client]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", 20), ("7", 7), ("100", 100), ("101", 100), ("999999999999", 100), ("0", 20), ("-5", 20), ("ten", 20)],
)
def test_a_page_holds_twenty_unless_asked_and_a_hundred_at_most(asked: str, given: int) -> None:
    request = APIView().initialize_request(APIRequestFactory().get("/", {"page_size": asked}))
    assert Pages().get_page_size(request) == given


def test_a_program_that_insists_is_told_to_wait(cast: Cast, client_on: On) -> None:
    client, address = client_on(cast.aubin.host), f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}"
    answers = [client.get("/api/v1/schema/", REMOTE_ADDR=address) for _ in range(121)]
    assert [answer.status_code for answer in answers[:120]] == [200] * 120
    assert answers[120].status_code == 429
    assert answers[120].json()["error"]["code"] == "throttled"
    assert 0 < int(answers[120]["Retry-After"]) <= 60


def test_who_insists_in_one_commune_does_not_tire_another(cast: Cast) -> None:
    request = APIView().initialize_request(APIRequestFactory().get("/", REMOTE_ADDR=f"2001:db8::{uuid4().hex[:4]}"))
    with enter(cast.aubin.schema_name):
        while Anonymous().allow_request(request, APIView()):
            pass
    with enter(cast.belleville.schema_name):
        assert Anonymous().allow_request(request, APIView())


def test_an_address_that_a_caller_makes_up_does_not_count(cast: Cast) -> None:
    """The last one is the proxy's; what is before it was typed by the caller."""
    factory, view = APIRequestFactory(), APIView()
    seen = {
        Anonymous().get_ident(view.initialize_request(factory.get("/", headers={"x-forwarded-for": forged})))
        for forged in ("203.0.113.9", "1.1.1.1, 203.0.113.9", "2.2.2.2,3.3.3.3, 203.0.113.9")
    }
    assert seen == {"203.0.113.9"}
