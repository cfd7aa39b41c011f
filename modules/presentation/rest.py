"""The page about the commune, for programs: to read only."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from modules.presentation.queries.links import links_of
from modules.presentation.queries.page import page_or_first


class UsefulLinkSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a serializer has a label of its own
    url = serializers.URLField()


class CommunePageSerializer(serializers.Serializer[Any]):
    """Facts of the State's directory, then what the mairie wrote."""

    insee = serializers.CharField()
    name = serializers.CharField()
    departement = serializers.CharField()
    population = serializers.IntegerField(allow_null=True)
    postal_codes = serializers.ListField(child=serializers.CharField())
    epci_name = serializers.CharField()
    introduction = serializers.CharField()
    address = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    opening_hours = serializers.CharField()
    history = serializers.CharField()
    updated_at = serializers.DateTimeField(allow_null=True)
    links = UsefulLinkSerializer(many=True)


class CommunePageView(APIView):
    @extend_schema(responses=CommunePageSerializer, summary="Read the page about the commune")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        facts: Any = request._request.site
        commune = facts.commune
        page = page_or_first(commune)
        own = ("introduction", "address", "phone", "email", "opening_hours", "history", "updated_at")
        known = ("insee", "name", "departement", "population", "postal_codes", "epci_name")
        values = {name: getattr(page, name) for name in own} | {name: getattr(commune, name) for name in known}
        return Response(CommunePageSerializer({**values, "links": links_of(page)}).data)
