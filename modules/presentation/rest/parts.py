"""The team, the services, the links and daily life, for programs."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.tenancy.registry import Locality
from modules.presentation.queries.here import where
from modules.presentation.queries.links import NATIONAL, links, local_numbers
from modules.presentation.queries.practical import practical
from modules.presentation.queries.services import services
from modules.presentation.queries.team import team


class LinkSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a serializer has a label of its own
    url = serializers.SerializerMethodField()
    theme = serializers.CharField()

    def get_url(self, link: Any) -> str:
        address: str = self.context["request"].build_absolute_uri(link.url)
        return address


class NumberSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a serializer has a label of its own
    phone = serializers.CharField()
    note = serializers.CharField()


class LinksSerializer(serializers.Serializer[Any]):
    links = LinkSerializer(many=True)
    emergency_numbers = NumberSerializer(many=True)
    local_numbers = NumberSerializer(many=True)


class MemberSerializer(serializers.Serializer[Any]):
    """An elected person; they are written to through `contact`, a department's address."""

    first_name = serializers.CharField(source="member.first_name")
    surname = serializers.CharField(source="member.surname")
    function = serializers.CharField(source="member.function")
    group = serializers.CharField(source="member.group")
    delegations = serializers.CharField(source="member.delegations")
    departments = serializers.SerializerMethodField()
    permanence = serializers.CharField(source="member.permanence")
    portrait = serializers.SerializerMethodField()
    contact = serializers.EmailField(source="contact.email", default="")

    def get_departments(self, shown: Any) -> list[str]:
        return [each.name for each in shown.departments]

    def get_portrait(self, shown: Any) -> str:
        portrait = shown.member.portrait
        return self.context["request"].build_absolute_uri(portrait.largest) if portrait else ""


class DaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    reason = serializers.CharField()
    spans = serializers.SerializerMethodField()

    def get_spans(self, day: Any) -> list[dict[str, str]]:
        return [{"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"} for opens, closes in day.spans]


class ServiceSerializer(serializers.Serializer[Any]):
    """A department of the mairie, whether it is open now, and its next seven days."""

    name = serializers.CharField(source="department.name")
    mission = serializers.CharField(source="department.mission")
    place = serializers.CharField(source="department.place")
    access = serializers.CharField(source="department.access")
    phone = serializers.CharField(source="department.phone")
    email = serializers.CharField(source="department.email")
    is_open = serializers.SerializerMethodField()
    week = DaySerializer(many=True, source="opening.week")

    def get_is_open(self, service: Any) -> bool | None:
        """Null while nobody said the hours."""
        return service.opening.status.is_open if service.has_hours else None


class PickupSerializer(serializers.Serializer[Any]):
    stream = serializers.CharField(source="collection.get_stream_display")
    area = serializers.CharField(source="collection.area", allow_null=True)
    day = serializers.DateField()
    moved = serializers.BooleanField()


class MenuSerializer(serializers.Serializer[Any]):
    monday = serializers.DateField()
    meals = serializers.SerializerMethodField()
    document = serializers.SerializerMethodField()

    def get_meals(self, week: Any) -> list[dict[str, str]]:
        return [{"day": day, "dishes": dishes, "allergens": allergens} for day, dishes, allergens in week.meals]

    def get_document(self, week: Any) -> str:
        return self.context["request"].build_absolute_uri(week.document.main_url) if week.document else ""


class MarketSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    days = serializers.CharField()
    opens = serializers.TimeField()
    closes = serializers.TimeField()
    place = serializers.CharField()
    note = serializers.CharField()


class PracticalSerializer(serializers.Serializer[Any]):
    """The next collection of each stream, the menus of this week and the next, the markets."""

    pickups = PickupSerializer(many=True)
    menus = MenuSerializer(many=True, source="served")
    markets = MarketSerializer(many=True)


def _here(request: Request) -> tuple[Locality, datetime]:
    there = where(request._request)
    return there, timezone.now().astimezone(ZoneInfo(there.timezone))


class TeamView(APIView):
    @extend_schema(responses=MemberSerializer(many=True), summary="Read the municipal team")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        shown = [each for group in team().groups for each in group.people]
        return Response(MemberSerializer(shown, many=True, context={"request": request}).data)


class ServicesView(APIView):
    @extend_schema(responses=ServiceSerializer(many=True), summary="Read the services and their hours")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        there, now = _here(request)
        return Response(ServiceSerializer(services(now, where=there), many=True).data)


class LinksView(APIView):
    @extend_schema(responses=LinksSerializer, summary="Read the useful links and the numbers to call")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        known = {"links": links(), "emergency_numbers": NATIONAL, "local_numbers": local_numbers()}
        return Response(LinksSerializer(known, context={"request": request}).data)


class PracticalView(APIView):
    @extend_schema(responses=PracticalSerializer, summary="Read collections, menus and markets")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        there, now = _here(request)
        known = practical(now.date(), there.departement)
        return Response(PracticalSerializer(known, context={"request": request}).data)
