"""Pages that only take a form."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

View = Callable[..., Any]


def form_of(route: str, *arguments: str) -> Callable[[View], View]:
    """Let only a sent form in: an address that is opened or reloaded leads back to the page that has the form."""

    def mark(view: View) -> View:
        @wraps(view)
        def taken(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                back: HttpResponse = redirect(route, **{name: kwargs[name] for name in arguments})
                return back
            answer: HttpResponse = view(request, **kwargs)
            return answer

        return taken

    return mark
