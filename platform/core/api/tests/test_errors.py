"""Every refusal of the API has one shape. The resource is whichever module's; here, the news."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import path
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.accounts.access import anyone
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
NEWS = "/api/v1/actualites/"


class Faulty(APIView):
    """Refuses with a list, and breaks."""

    permission_classes = []

    def get(self, request: Request) -> Response:
        raise ValidationError(["Rien ne va."])

    def delete(self, request: Request) -> Response:
        raise ZeroDivisionError


urlpatterns = [path("api/v1/faulty/", anyone(Faulty.as_view()))]
handler500 = "core.web.errors.server_error"


def error(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    body: dict[str, Any] = json.loads(response.content)
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "fields"}
    assert body["error"]["message"].endswith(".")
    return body["error"]


def test_who_is_not_signed_in_may_not_write(cast: Cast, client_on: On) -> None:
    refused = client_on(cast.aubin.host).post(NEWS, {}, content_type="application/json")
    assert error(refused, 403)["code"] == "not_authenticated"


def test_a_resident_may_not_write(cast: Cast, client_of: Of) -> None:
    refused = client_of(cast.aubin.resident).post(NEWS, {}, content_type="application/json")
    assert error(refused, 403)["code"] == "permission_denied"


def test_the_neighbours_editor_is_nobody_here(cast: Cast, client_of: Of) -> None:
    neighbour = client_of(cast.belleville.editor, cast.aubin.host)
    refused = neighbour.post(NEWS, {}, content_type="application/json")
    assert error(refused, 403)["code"] == "not_authenticated"


def test_a_session_does_not_write_without_its_token(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    editor.handler.enforce_csrf_checks = True
    refused = editor.post(NEWS, {}, content_type="application/json")
    assert error(refused, 403)["code"] == "csrf_failed"


@pytest.mark.parametrize("body", ["", "{", "nul", "\x00", '{"title": "\\ud800"', "[" * 500])
def test_what_is_not_json_is_refused(cast: Cast, client_of: Of, body: str) -> None:
    refused = client_of(cast.aubin.editor).generic("POST", NEWS, body, content_type="application/json")
    assert error(refused, 400)["code"] in {"parse_error", "invalid"}


@pytest.mark.parametrize("body", ["[]", "12", "null", '"text"', '[{"title": "a"}]'])
def test_what_is_json_but_no_object_is_refused(cast: Cast, client_of: Of, body: str) -> None:
    refused = client_of(cast.aubin.editor).generic("POST", NEWS, body, content_type="application/json")
    assert error(refused, 400)["code"] == "invalid"


def test_a_form_is_not_json(cast: Cast, client_of: Of) -> None:
    refused = client_of(cast.aubin.editor).post(NEWS, {"title": "Non"})
    assert error(refused, 415)["code"] == "unsupported_media_type"


def test_each_wrong_field_is_named(cast: Cast, client_of: Of) -> None:
    refused = client_of(cast.aubin.editor).post(NEWS, {"theme": "politics"}, content_type="application/json")
    assert set(error(refused, 400)["fields"]) == {"title", "summary", "theme"}


def test_a_method_that_is_not_known_is_refused(cast: Cast, client_of: Of) -> None:
    refused = client_of(cast.aubin.administrator).delete(NEWS)
    assert error(refused, 405)["code"] == "method_not_allowed"


@pytest.mark.parametrize("address", [f"{NEWS}?page=9999", f"{NEWS}?page=0", f"{NEWS}?page=abc", f"{NEWS}?page=-1"])
def test_a_page_that_does_not_exist_is_not_found(cast: Cast, client_on: On, address: str) -> None:
    assert error(client_on(cast.aubin.host).get(address), 404)["code"] == "not_found"


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v2/actualites/", "/api/v1/nothing/", f"{NEWS}x/"])
def test_an_address_that_does_not_exist_is_not_found(cast: Cast, client_on: On, address: str) -> None:
    assert error(client_on(cast.aubin.host).get(address), 404)["code"] == "not_found"


def test_a_module_that_is_off_is_not_found(cast: Cast, client_of: Of) -> None:
    administrator = client_of(cast.aubin.administrator)
    administrator.post("/mairie/modules/news/", {"etat": "off"})
    for method in ("get", "post", "put"):
        refused = getattr(administrator, method)(NEWS, content_type="application/json")
        assert error(refused, 404)["code"] == "not_found"


def test_a_space_that_is_not_open_says_so(cast: Cast, client_on: On) -> None:
    assert error(client_on(cast.doux.host).get(NEWS), 404)["code"] == "closed"


def test_a_refusal_that_is_a_list_has_the_same_shape(cast: Cast, client_on: On, settings: Any) -> None:
    settings.SITE_URLCONFS = {**settings.SITE_URLCONFS, "space": __name__}
    refused = client_on(cast.aubin.host).get("/api/v1/faulty/")
    assert error(refused, 400)["fields"] == {"non_field_errors": ["Rien ne va."]}


def test_what_breaks_says_no_more_than_that(cast: Cast, client_on: On, settings: Any) -> None:
    settings.SITE_URLCONFS = {**settings.SITE_URLCONFS, "space": __name__}
    client = client_on(cast.aubin.host)
    client.raise_request_exception = False
    broken = client.delete("/api/v1/faulty/")
    assert error(broken, 500)["code"] == "error"
    assert b"ZeroDivision" not in broken.content
