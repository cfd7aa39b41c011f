"""The proof of an alert, for a judge or the préfet: as a PDF, and its lists of recipients."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.web.spreadsheet import download
from modules.alerts.models import Alert, AlertMessage
from modules.alerts.queries.proof import file_name, outcomes_file, proof_of


@never_cache
@require_safe
def proof_file(request: HttpRequest, key: UUID) -> HttpResponse:
    site: Any = request.site
    alert = get_object_or_404(Alert.objects.public().whole(), pk=key)
    return download(f"preuve-{alert.pk}.pdf", proof_of(alert, site.commune.name), "application/pdf")


@never_cache
@require_safe
def recipients_file(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """What became of one message for each recipient; byte for byte the file that was sealed, once it was."""
    message = get_object_or_404(AlertMessage.objects.told(), alert=key, number=number)
    text = outcomes_file(message)
    if text is None:
        raise Http404("its term is over")
    return download(f"alerte-{key}-{file_name(message)}", text)
