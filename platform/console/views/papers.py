"""A paper as it was issued or received."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.models import Paper
from core.media.sending import SANDBOX, disposition


@never_cache
@require_safe
def paper(request: HttpRequest, paper: UUID) -> HttpResponse:
    kept = get_object_or_404(Paper, pk=paper)
    response = HttpResponse(bytes(kept.content), content_type="application/pdf")
    response["Content-Disposition"] = disposition("application/pdf", kept.name)
    response["Content-Security-Policy"] = SANDBOX
    return response
