"""The page about the commune, for programs: to read only."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from modules.presentation.queries.blocks import shown_blocks
from modules.presentation.queries.directory import unwritten
from modules.presentation.queries.links import links
from modules.presentation.queries.pages import online_page
from modules.presentation.rest.pages import BlockSerializer
from modules.presentation.rest.parts import LinkSerializer


class CommunePageSerializer(serializers.Serializer[Any]):
    """Facts of the State's directory, then what the mairie wrote."""

    insee = serializers.CharField()
    name = serializers.CharField()
    departement = serializers.CharField()
    population = serializers.IntegerField(allow_null=True)
    postal_codes = serializers.ListField(child=serializers.CharField())
    epci_name = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)
    blocks = BlockSerializer(many=True)
    links = LinkSerializer(many=True)


class CommunePageView(APIView):
    @extend_schema(responses=CommunePageSerializer, summary="Read the page about the commune")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        facts: Any = request._request.site
        commune = facts.commune
        version = online_page("")
        said = version or unwritten(commune)
        known = ("insee", "name", "departement", "population", "postal_codes", "epci_name")
        values = {name: getattr(said, name) for name in ("title", "summary", "published_at")}
        values |= {name: getattr(commune, name) for name in known}
        blocks = [block for block in shown_blocks(version) if block.is_readable] if version else []
        whole = {**values, "blocks": blocks, "links": links()}
        return Response(CommunePageSerializer(whole, context={"request": request}).data)
