"""A page whose address is the key: no cache keeps it, no search engine lists it, and it tells nobody where it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def secret(view: View) -> View:
    """Its address goes to no other site: `same-origin` is every page's policy, which a stricter one would not better,
    since browsers then send forms without their origin and the protection of forms refuses them."""

    @never_cache
    @wraps(view)
    def hidden(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return hidden
