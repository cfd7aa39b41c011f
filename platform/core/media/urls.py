"""Files of a commune, under addresses that never change."""

from django.urls import path, register_converter

from core.accounts.access import Access, Who, anyone, declare
from core.media.views import receiving, serve


class FileName:
    regex = "[a-z0-9-]{1,20}[.][a-z0-9]{2,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileName, "media_name")

sender = declare(Access(Who.STAFF, quiet=True))

urlpatterns = [
    path("media/<uuid:key>/<media_name:name>", anyone(serve), name="media"),
    path("media/envois/", sender(receiving.begin), name="media-uploads"),
    path("media/envois/<uuid:key>/", sender(receiving.upload), name="media-upload"),
]
