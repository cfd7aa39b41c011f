"""Alerts for programs: read by anyone, written with the same actions as the pages."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from core.api.writing import Moment, done, sent
from core.territory.geometry import MOST_POINTS
from core.territory.models import Area
from core.territory.shapes import MOST_METRES, shape
from modules.alerts import actions
from modules.alerts.actions import Content, EditedMeanwhile
from modules.alerts.models import DESCRIPTION, HEADLINE, INSTRUCTION, Alert, Event, Severity


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "edited_meanwhile"
    default_detail = _("Cette alerte a été modifiée entre-temps : relisez-la avant d’envoyer votre version.")


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """An alert. `version` must be sent back to change or send it; no area and no outline mean the whole commune. An
    `outline` is a closed ring of [latitude, longitude], or one point with a `radius` in metres. With `sms`, numbers are
    told too. A `drill` is no danger. `cap` is its last message as CAP 1.2."""

    url = serializers.SerializerMethodField()
    cap = serializers.SerializerMethodField()
    areas = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)  # type: ignore[var-annotated]
    in_force = serializers.BooleanField(source="is_in_force")

    class Meta:
        model = Alert
        fields = (
            "id",
            "url",
            "cap",
            "event",
            "severity",
            "urgency",
            "certainty",
            "headline",
            "instruction",
            "description",
            "areas",
            "outline",
            "radius",
            "sms",
            "starts_at",
            "ends_at",
            "drill",
            "state",
            "in_force",
            "sent_at",
            "over_at",
            "updated_at",
            "version",
        )
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, alert: Alert) -> str:
        return self._whole(alert.get_absolute_url())

    @extend_schema_field(OpenApiTypes.URI)
    def get_cap(self, alert: Alert) -> str:
        return "" if alert.is_unsent else self._whole(reverse("alerts:cap", args=[alert.pk]))

    def _whole(self, path: str) -> str:
        found: str = self.context["request"].build_absolute_uri(path)
        return found


class AlertBody(serializers.Serializer[Any]):
    """What a program sends to write an alert."""

    event = serializers.ChoiceField(choices=Event.choices)
    severity = serializers.ChoiceField(choices=Severity.choices)
    headline = serializers.CharField(max_length=HEADLINE)
    instruction = serializers.CharField(max_length=INSTRUCTION)
    description = serializers.CharField(max_length=DESCRIPTION, allow_blank=True, default="")
    areas = serializers.PrimaryKeyRelatedField(
        many=True, required=False, default=list, queryset=Area.objects.filter(closed_at__isnull=True)
    )
    starts_at = Moment(required=False, allow_null=True, default=None)
    ends_at = Moment()
    outline = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2),
        max_length=MOST_POINTS + 1,
        default=list,
    )
    radius = serializers.IntegerField(min_value=0, max_value=MOST_METRES, default=0)
    sms = serializers.BooleanField(default=False)
    drill = serializers.BooleanField(default=False)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        points = [(latitude, longitude) for latitude, longitude in said.pop("outline")]
        try:
            said["shape"] = shape(points, said.pop("radius"))
        except ValidationError as refusal:
            raise serializers.ValidationError({"outline": refusal.messages}) from refusal
        return said


class AlertChange(AlertBody):
    """What a program sends to change an alert, whole; `version` is the one it read."""

    version = serializers.IntegerField(min_value=1)


class SendBody(serializers.Serializer[Any]):
    """Which version to send: the one that was read."""

    version = serializers.IntegerField(min_value=1)


class LiftBody(serializers.Serializer[Any]):
    """A word to say with the end of the alert."""

    words = serializers.CharField(max_length=300, allow_blank=True, default="")


class CancelBody(serializers.Serializer[Any]):
    """What is true, the alert being an error."""

    correction = serializers.CharField(max_length=300)


@extend_schema_view(
    list=extend_schema(summary="List alerts, newest first"), retrieve=extend_schema(summary="Read an alert")
)
class AlertViewSet(ReadOnlyModelViewSet[Alert]):
    """What was told, and for those who write alerts, drafts too."""

    serializer_class = AlertSerializer
    write_permission = "alerts.write"
    queryset = Alert.objects.none()

    def get_queryset(self) -> Any:
        return Alert.objects.for_viewer(self.request.user).whole().order_by("-created_at", "-pk")

    @extend_schema(request=AlertBody, responses={201: AlertSerializer}, summary="Write a draft; nothing is sent")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        said = sent(AlertBody, request)
        alert = self._done(lambda: actions.write(content=_content(said), author=request.user))
        address = request.build_absolute_uri(reverse("alerts-api:item", args=[alert.pk]))
        sent_back = self.get_serializer(alert).data
        return Response(sent_back, status=status.HTTP_201_CREATED, headers={"Location": address})

    @extend_schema(
        request=AlertChange, responses=AlertSerializer, summary="Change a draft, or update an alert and tell of it"
    )
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        alert = self.get_object()
        user: Any = request.user
        if not alert.is_unsent and not user.has_perm("alerts.send"):
            raise PermissionDenied
        said = sent(AlertChange, request)
        act = actions.revise if alert.is_unsent else actions.update
        version, content = said["version"], _content(said)
        changed = self._done(lambda: act(key=alert.pk, version=version, content=content, author=user))
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=SendBody, responses=AlertSerializer, summary="Send an alert to all who asked")
    def send(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        alert = self.get_object()
        version = sent(SendBody, request)["version"]
        changed = self._done(lambda: actions.send(key=alert.pk, version=version, author=request.user))
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=LiftBody, responses=AlertSerializer, summary="Lift an alert and tell of it")
    def lift(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        alert = self.get_object()
        words = sent(LiftBody, request)["words"]
        changed = self._done(lambda: actions.lift(key=alert.pk, words=words, author=request.user))
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=CancelBody, responses=AlertSerializer, summary="Cancel an alert with a correction")
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        alert = self.get_object()
        correction = sent(CancelBody, request)["correction"]
        changed = self._done(lambda: actions.cancel(key=alert.pk, correction=correction, author=request.user))
        return Response(self.get_serializer(changed).data)

    def _done(self, act: Callable[[], Alert]) -> Alert:
        try:
            return done(act)
        except EditedMeanwhile as error:
            raise Conflict from error


def _content(said: dict[str, Any]) -> Content:
    same = {name: said[name] for name in said if name not in {"version", "areas"}}
    return Content(**same, areas=tuple(said["areas"]))
