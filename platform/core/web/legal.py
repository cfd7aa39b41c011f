"""What the law asks every public site to say of itself: who publishes it, what it keeps of people, who can use it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.organisation.models import LegalNotice
from core.privacy.registry import terms
from core.web.errors import shell_of


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    return _page(request, "web/legal/notice.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "web/legal/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "web/legal/accessibility.html")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    """A commune answers for its space, the operator for every other page. What is not known is said not to be."""
    site: Any = request.site
    published = site.space is not None
    said = LegalNotice.objects.first() if published else None
    context = {
        "said": said,
        "shell": shell_of(request),
        "commune": site.commune if published else None,
        "manifests": settings.CATALOGUE.among(site.space.modules) if published else (),
        "terms": terms() if published else (),
        "contact": (site.commune.official_email if published else "") or settings.OPERATOR_EMAIL,
        "operator_email": settings.OPERATOR_EMAIL,
        "operator": settings.OPERATOR_IDENTITY,
        "hosting": settings.HOSTING_IDENTITY,
    }
    return render(request, template, context)
