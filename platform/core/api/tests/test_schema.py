import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema

from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
SCHEMA = "/api/v1/schema/"


def described(client: Client) -> Any:
    response = client.get(SCHEMA)
    assert response.status_code == 200
    return json.loads(response.content)


def test_every_resource_describes_itself_without_a_warning(tmp_path: Any) -> None:
    file = tmp_path / "schema.yaml"
    urlconf = settings.SITE_URLCONFS["space"]
    call_command("spectacular", urlconf=urlconf, validate=True, fail_on_warn=True, file=str(file))
    assert "/api/v1/actualites/" in file.read_text()


def test_anyone_reads_the_description_and_it_is_valid(cast: Cast, client_on: On) -> None:
    validate_schema(described(client_on(cast.aubin.host)))


def test_the_description_lists_the_modules_that_are_on(cast: Cast, client_on: On, client_of: Of) -> None:
    client, administrator = client_on(cast.aubin.host), client_of(cast.aubin.administrator)
    for manifest in settings.CATALOGUE:
        begins = f"/api/v1/{manifest.segment}/"
        assert [path for path in described(client)["paths"] if path.startswith(begins)], manifest.slug
        administrator.post(f"/mairie/modules/{manifest.slug}/", {"etat": "off"})
        assert not [path for path in described(client)["paths"] if path.startswith(begins)], manifest.slug
    assert described(client)["paths"] == {}
    assert len(described(client_on(cast.belleville.host))["paths"]) > 1


def test_every_operation_says_what_a_refusal_looks_like(cast: Cast, client_on: On) -> None:
    schema = described(client_on(cast.aubin.host))
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    assert operations
    shape = {"$ref": "#/components/schemas/Error"}
    for operation in operations:
        assert operation["summary"]
        assert operation["responses"]["default"]["content"]["application/json"]["schema"] == shape


def test_the_description_is_read_as_yaml_too(cast: Cast, client_on: On) -> None:
    response = client_on(cast.aubin.host).get(SCHEMA, headers={"accept": "application/vnd.oai.openapi"})
    assert response.content.startswith(b"openapi: 3")
