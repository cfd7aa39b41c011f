"""What a page said before: listed, compared with what it says, and taken up again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from modules.presentation.actions.versions import bring_back, put_back_online
from modules.presentation.models import PageVersion
from modules.presentation.queries.pages import desk_of, history
from modules.presentation.queries.versions import Change, compared
from modules.presentation.views.desk import or_not_found


@or_not_found
@require_safe
def version_list(request: HttpRequest, key: UUID) -> HttpResponse:
    desk = desk_of(key)
    return render(request, "presentation/versions.html", {"desk": desk, "versions": history(desk.page)})


@or_not_found
@require_safe
def compare(request: HttpRequest, key: UUID, version: UUID) -> HttpResponse:
    """A version beside the working copy."""
    desk = desk_of(key)
    found = PageVersion.objects.select_related("published_by", "ended_by").defer("vector").get(page=key, pk=version)
    pairs = compared(found, desk.working)
    context = {
        "desk": desk,
        "version": found,
        "pairs": [pair for pair in pairs if pair.change != Change.SAME],
        "same": sum(pair.change == Change.SAME for pair in pairs),
    }
    return render(request, "presentation/compare.html", context)


@or_not_found
@require_POST
def take_up(request: HttpRequest, key: UUID, version: UUID) -> HttpResponse:
    aside = bring_back(page=key, version=version, author=request.user)
    if aside:
        messages.success(
            request, _("Cette version est reprise. Ce que disait la page est mis de côté, dans les versions.")
        )
    else:
        messages.success(request, _("Cette version est reprise."))
    return redirect("presentation-office:page", key=key)


@or_not_found
@require_POST
def online_again(request: HttpRequest, key: UUID, version: UUID) -> HttpResponse:
    """Asked by the message of a withdrawal, long after perhaps."""
    put_back_online(page=key, version=version, author=request.user)
    messages.success(request, _("La page est en ligne."))
    return redirect("presentation-office:page", key=key)
