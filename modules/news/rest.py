"""News for programs: read by anyone, written with the same actions as the pages."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from core.api.writing import Moment, done, sent
from core.media.models import Asset
from modules.news import actions
from modules.news.actions import Content, EditedMeanwhile
from modules.news.models import NewsItem, Theme
from modules.news.queries import file_type, ready_files


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "edited_meanwhile"
    default_detail = _("Cette actualité a été modifiée entre-temps : relisez-la avant d’envoyer votre version.")


class Gone(APIException):
    status_code = status.HTTP_410_GONE
    default_code = "gone"


class FileSerializer(serializers.Serializer[Any]):
    """A file of an item. `url` leads to the file itself, `preview` to a picture of it when there is one."""

    kind = serializers.CharField()
    alt = serializers.CharField()
    caption = serializers.CharField()
    credit = serializers.CharField()
    licence = serializers.CharField()
    type = serializers.SerializerMethodField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    preview = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.STR)
    def get_type(self, asset: Asset) -> str:
        return file_type(asset)

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, asset: Asset) -> str:
        return self._whole(asset.main_url)

    @extend_schema_field(OpenApiTypes.URI)
    def get_preview(self, asset: Asset) -> str:
        return self._whole(asset.smallest)

    def _whole(self, address: str) -> str:
        found: str = self.context["request"].build_absolute_uri(address) if address else ""
        return found


class NewsItemSerializer(serializers.ModelSerializer[NewsItem]):
    """A news item. `version` must be sent back to change it; no area means the whole commune."""

    url = serializers.SerializerMethodField()
    author = serializers.CharField(source="signature", help_text="A function, never a person.")
    areas = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)  # type: ignore[var-annotated]
    files = serializers.SerializerMethodField()
    video = serializers.SerializerMethodField()

    class Meta:
        model = NewsItem
        fields = (
            "id",
            "url",
            "title",
            "summary",
            "body",
            "theme",
            "areas",
            "author",
            "state",
            "files",
            "video",
            "publish_at",
            "published_at",
            "corrected_at",
            "expire_at",
            "updated_at",
            "version",
        )
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, item: NewsItem) -> str:
        address: str = self.context["request"].build_absolute_uri(item.get_absolute_url())
        return address

    @extend_schema_field(FileSerializer(many=True))
    def get_files(self, item: NewsItem) -> Any:
        return FileSerializer(ready_files(item), many=True, context=self.context).data

    @extend_schema_field(OpenApiTypes.URI)
    def get_video(self, item: NewsItem) -> str:
        return item.video.page if item.video else ""


class NewsItemBody(serializers.Serializer[Any]):
    """What a program sends to write an item."""

    title = serializers.CharField(max_length=80)
    summary = serializers.CharField(max_length=160)
    body = serializers.CharField(
        max_length=60_000, allow_blank=True, default="", help_text="HTML, cleaned; at most 20,000 letters are read."
    )
    theme = serializers.ChoiceField(choices=Theme.choices)


class NewsItemChange(NewsItemBody):
    """What a program sends to change an item, whole; `version` is the one it read."""

    version = serializers.IntegerField(min_value=1)


class PublishBody(serializers.Serializer[Any]):
    """When to publish; now if absent."""

    publish_at = Moment(required=False)


@extend_schema_view(
    list=extend_schema(summary="List news items, newest first"),
    retrieve=extend_schema(summary="Read a news item"),
)
class NewsItemViewSet(ReadOnlyModelViewSet[NewsItem]):
    """What anybody may read, archives included, and for those who write the news, drafts too."""

    serializer_class = NewsItemSerializer
    write_permission = "news.write"
    queryset = NewsItem.objects.none()

    def get_queryset(self) -> Any:
        items = NewsItem.objects.for_viewer(self.request.user)
        return items.whole().newest_first()

    def get_object(self) -> NewsItem:
        """An item that was public and is no more says so, as its page does."""
        try:
            return super().get_object()
        except Http404:
            if NewsItem.objects.filter(pk=self.kwargs["pk"], published_at__isnull=False).exists():
                raise Gone from None
            raise

    @extend_schema(request=NewsItemBody, responses={201: NewsItemSerializer}, summary="Write a draft")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        said = sent(NewsItemBody, request)
        item = self._done(lambda: actions.write(content=_content(said), author=request.user))
        address = request.build_absolute_uri(reverse("news-api:item", args=[item.pk]))
        sent_back = self.get_serializer(item).data
        return Response(sent_back, status=status.HTTP_201_CREATED, headers={"Location": address})

    @extend_schema(request=NewsItemChange, responses=NewsItemSerializer, summary="Change a news item's text")
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        item = self.get_object()
        said = sent(NewsItemChange, request)
        content = _content(said)
        changed = self._done(
            lambda: actions.revise(key=item.pk, version=said["version"], content=content, author=request.user)
        )
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=PublishBody, responses=NewsItemSerializer, summary="Publish a news item, now or later")
    def publish(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        item = self.get_object()
        moment = sent(PublishBody, request).get("publish_at")
        if moment:
            changed = self._done(lambda: actions.schedule(key=item.pk, when=moment, author=request.user))
        else:
            changed = self._done(lambda: actions.publish(key=item.pk, author=request.user))
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=None, responses=NewsItemSerializer, summary="Withdraw a news item")
    def unpublish(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        item = self.get_object()
        changed = self._done(lambda: actions.unpublish(key=item.pk, author=request.user))
        return Response(self.get_serializer(changed).data)

    def _done(self, act: Callable[[], NewsItem]) -> NewsItem:
        try:
            return done(act)
        except EditedMeanwhile as error:
            raise Conflict from error


def _content(said: dict[str, Any]) -> Content:
    """A program changes the words; files, areas and video stay as they are."""
    return Content(
        title=said["title"], summary=said["summary"], body=said["body"], theme=said["theme"], words_only=True
    )
