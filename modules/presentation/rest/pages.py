"""The pages that are online, for programs: to read only."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from modules.presentation.models import BlockKind, PageVersion
from modules.presentation.queries.blocks import shown_blocks


class BlockFileSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    url = serializers.SerializerMethodField()
    alt = serializers.CharField()
    caption = serializers.CharField()
    credit = serializers.CharField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, asset: Any) -> str:
        address: str = self.context["request"].build_absolute_uri(asset.main_url)
        return address


class BlockSerializer(serializers.Serializer[Any]):
    """A block. `data` is what its kind says; `department` names the service whose contact or hours it shows."""

    kind = serializers.ChoiceField(choices=BlockKind.choices)
    data = serializers.JSONField()  # type: ignore[assignment]  # a serializer has data of its own
    files = BlockFileSerializer(many=True, source="assets")
    department = serializers.CharField(source="hours.department.name", default=None, allow_null=True)


class PageSerializer(serializers.ModelSerializer[PageVersion]):
    slug = serializers.CharField(source="page.slug")
    url = serializers.SerializerMethodField()

    class Meta:
        model = PageVersion
        fields: tuple[str, ...] = ("slug", "url", "title", "summary", "published_at")
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, version: PageVersion) -> str:
        address: str = self.context["request"].build_absolute_uri(version.page.get_absolute_url())
        return address


class WholePageSerializer(PageSerializer):
    blocks = serializers.SerializerMethodField()

    class Meta(PageSerializer.Meta):
        fields = (*PageSerializer.Meta.fields, "blocks")
        read_only_fields = fields

    @extend_schema_field(BlockSerializer(many=True))
    def get_blocks(self, version: PageVersion) -> Any:
        shown = [block for block in shown_blocks(version) if block.is_readable]
        return BlockSerializer(shown, many=True, context=self.context).data


@extend_schema_view(list=extend_schema(summary="List the pages about the commune, in their order"))
class PageViewSet(ReadOnlyModelViewSet[PageVersion]):
    serializer_class = PageSerializer
    queryset = PageVersion.objects.none()

    def get_queryset(self) -> Any:
        rows = PageVersion.objects.online().exclude(page__slug="").select_related("page").defer("vector")
        return rows.order_by("page__position", "page__created_at")

    @extend_schema(responses=WholePageSerializer, summary="Read a page, with its blocks")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = get_object_or_404(self.get_queryset(), page__slug=kwargs["slug"])
        return Response(WholePageSerializer(found, context=self.get_serializer_context()).data)
