"""The page about the commune, for programs: to read only."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from modules.presentation.queries.links import links
from modules.presentation.queries.page import page_or_first
from modules.presentation.rest.parts import LinkSerializer


class CommunePageSerializer(serializers.Serializer[Any]):
    """Facts of the State's directory, then what the mairie wrote."""

    insee = serializers.CharField()
    name = serializers.CharField()
    departement = serializers.CharField()
    population = serializers.IntegerField(allow_null=True)
    postal_codes = serializers.ListField(child=serializers.CharField())
    epci_name = serializers.CharField()
    introduction = serializers.CharField()
    history = serializers.CharField()
    updated_at = serializers.DateTimeField(allow_null=True)
    links = LinkSerializer(many=True)


class CommunePageView(APIView):
    @extend_schema(responses=CommunePageSerializer, summary="Read the page about the commune")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        facts: Any = request._request.site
        commune = facts.commune
        page = page_or_first(commune)
        own = ("introduction", "history", "updated_at")
        known = ("insee", "name", "departement", "population", "postal_codes", "epci_name")
        values = {name: getattr(page, name) for name in own} | {name: getattr(commune, name) for name in known}
        return Response(CommunePageSerializer({**values, "links": links()}, context={"request": request}).data)
