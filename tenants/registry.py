"""The answers to what `core` asks about communes."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from core.tenancy.context import entered
from core.tenancy.here import OPERATOR, PUBLIC, Here
from core.tenancy.registry import Locality, Sender
from core.web.french import of_commune
from tenants.directory.departements import timezone_of
from tenants.hosts import portal_url, space_url
from tenants.models import OPEN, Commune, CommuneContour, Space
from tenants.switches import modules_on, options_of

BRASS = "#95610f"
PARIS = "75"
_RESOLVE = """
select schema_name, coalesce(commune_id, ''), to_regnamespace(quote_ident(schema_name)) is not null
from public.tenants_space where schema_name = %s
"""


class SpaceRegistry:
    """Implements `core.tenancy.registry.Registry` on the public tables."""

    def resolve(self, schema_name: str) -> Here | None:
        with entered(PUBLIC), connection.cursor() as cursor:
            cursor.execute(_RESOLVE, [schema_name])
            row = cursor.fetchone()
        if row is None or not row[2]:
            return None
        return Here(row[0], row[1])

    def is_on(self, schema_name: str, module: str) -> bool:
        return module in modules_on(schema_name)

    def may_write_to(self, schema_name: str) -> bool:
        if schema_name == OPERATOR.schema_name:
            return True
        active: bool = Space.objects.filter(schema_name=schema_name, state__in=OPEN).exists()
        return active

    def options(self, schema_name: str, module: str) -> Mapping[str, Any]:
        return options_of(schema_name, module)

    def sender(self, schema_name: str) -> Sender:
        if schema_name == OPERATOR.schema_name:
            return Sender(_marked("Beffroi", settings.DEMO), portal_url("/"), BRASS, settings.DEMO)
        space = Space.objects.select_related("commune").get(schema_name=schema_name)
        assert space.commune is not None
        demo = settings.DEMO or space.is_demo
        return Sender(
            _marked(f"Mairie {of_commune(space.commune.name)}", demo), space_url(space, "/"), space.accent, demo
        )

    def locality(self, schema_name: str) -> Locality:
        found = Commune.objects.filter(space__schema_name=schema_name).values_list("insee", "departement").first()
        insee, departement = found or ("", PARIS)
        return Locality(insee, departement, timezone_of(insee, departement))

    def media_quota(self, schema_name: str) -> int | None:
        found: int | None = Space.objects.filter(schema_name=schema_name).values_list("media_quota", flat=True).first()
        return found

    def contour(self, schema_name: str) -> str:
        found = CommuneContour.objects.filter(commune__space__schema_name=schema_name).values_list(
            "polyline", flat=True
        )
        return found.first() or ""


def _marked(name: str, demo: bool) -> str:
    return f"{name} (démonstration)" if demo else name
