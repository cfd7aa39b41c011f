"""What residents read, without an account."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.web.errors import status_page
from core.web.plain_text import paragraphs
from modules.news.models import NewsItem, Theme
from modules.news.queries import public_page, themes_in_use

_WITHDRAWN = (_("Cette actualité a été retirée"), _("La mairie l’avait publiée. Elle ne la montre plus."))


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("theme", "")
    chosen = chosen if chosen in Theme.values else ""
    used = themes_in_use()
    context = {
        "page": public_page(chosen, request.GET.get("page")),
        "chosen": chosen,
        "themes": [each for each in Theme if each.value in used or each.value == chosen],
        "query": f"theme={chosen}&" if chosen else "",
    }
    return render(request, "news/list.html", context)


@require_safe
def item_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """An item; one that was public and is no more says so."""
    site: Any = request.site
    item = get_object_or_404(NewsItem.objects.select_related("picture"), pk=key)
    if item.is_published:
        context = {"item": item, "paragraphs": paragraphs(item.body), "options": site.space.options["news"]}
        return render(request, "news/item.html", context)
    if item.published_at:
        return status_page(request, 410, *_WITHDRAWN)
    raise Http404("not published")
