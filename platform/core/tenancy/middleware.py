"""Stock middleware that must not exist where there are no people."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse


class SpaceOnly:
    """Mixed in before a middleware that needs a commune's tables: portal and unopened hosts pass it by."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: Any) -> Any:
        if request.site.here.is_public:
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]
