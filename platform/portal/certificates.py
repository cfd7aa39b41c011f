"""/certificats/…: that a commune's space was erased, for whoever was sent its address."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from billing.models import Paper


@require_safe
def certificate(request: HttpRequest, paper: UUID) -> HttpResponse:
    found = get_object_or_404(Paper, pk=paper, kind=Paper.Kind.CERTIFICATE)
    response = HttpResponse(bytes(found.content), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.name}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response
