"""Stock middleware that must not exist where there are no people."""

from collections.abc import Awaitable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin


class SpaceOnly(MiddlewareMixin):
    """Mixed in before a middleware that needs a commune's tables: portal and unopened hosts pass it by."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        site: Any = request.site
        return self.get_response(request) if site.here.is_public else super().__call__(request)
