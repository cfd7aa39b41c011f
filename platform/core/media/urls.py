"""Pictures of a commune, under addresses that never change."""

from django.urls import path, register_converter

from core.accounts.access import anyone
from core.media.views import serve


class Suffix:
    regex = "webp|jpg"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Suffix, "picture_suffix")

urlpatterns = [path("media/<uuid:key>/<int:size>.<picture_suffix:suffix>", anyone(serve), name="media")]
