"""The OpenAPI description: the resources of the modules that are on, and errors in their one shape."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

PREFIX = "/api/v1/"
_ERROR = {
    "type": "object",
    "description": "Every refusal has this shape; `fields` names what to correct, and how.",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "fields": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
            },
        }
    },
}


class ModulesGenerator(SchemaGenerator):
    """Describes the resources of some modules; of all that are installed when none are named."""

    def __init__(self, *args: Any, modules: frozenset[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        among = settings.CATALOGUE.slugs if modules is None else modules
        self._begins = tuple(f"{PREFIX}{manifest.segment}/" for manifest in settings.CATALOGUE.among(among))

    def _initialise_endpoints(self) -> None:
        super()._initialise_endpoints()  # type: ignore[no-untyped-call]
        self.endpoints = [endpoint for endpoint in self.endpoints or () if endpoint[0].startswith(self._begins)]


def describe_errors(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Say of each operation what its refusals look like."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = _ERROR
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = {"description": "Refused", "content": content}
    return result


@lru_cache(maxsize=64)
def schema_of(modules: frozenset[str]) -> dict[str, Any]:
    generator: Any = ModulesGenerator(urlconf=settings.SITE_URLCONFS["space"], api_version="v1", modules=modules)
    described: dict[str, Any] = generator.get_schema(request=None, public=True)
    return described


class SchemaView(APIView):
    """The description of this commune's API, in JSON or YAML."""

    renderer_classes = [OpenApiJsonRenderer, OpenApiYamlRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        site: Any = request._request.site
        return Response(schema_of(site.space.modules))
