"""Files of a commune, under addresses that never change."""

from django.urls import path, register_converter

from core.accounts.access import anyone
from core.media.views import serve


class FileName:
    regex = "[a-z0-9-]{1,20}[.][a-z0-9]{2,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileName, "media_name")

urlpatterns = [path("media/<uuid:key>/<media_name:name>", anyone(serve), name="media")]
