"""What residents read, without an account."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.media.csp import allow_frames, hosts_of
from core.readership import opened
from core.web.errors import status_page
from modules.news.models import NewsItem, Theme
from modules.news.queries import archived_page, in_use, public_page

_WITHDRAWN = (_("Cette actualité a été retirée"), _("La mairie l’avait publiée. Elle ne la montre plus."))
_EXPIRED = (
    _("Cette actualité n’est plus d’actualité"),
    _("Ce qu’elle annonçait est passé, comme la mairie l’avait prévu. Les nouvelles du jour sont dans « Actualités »."),
)


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("theme", "")
    chosen = chosen if chosen in Theme.values else ""
    used = in_use()
    area = next((each for each in used.areas if str(each.pk) == request.GET.get("secteur")), None)
    asked = {"theme": chosen, "secteur": str(area.pk) if area else ""}
    context = {
        "page": public_page(chosen, area.pk if area else None, request.GET.get("page"), used),
        "chosen": chosen,
        "themes": [each for each in Theme if each.value in used.themes or each.value == chosen],
        "area": area,
        "areas": used.areas,
        "query": "".join(f"{name}={value}&" for name, value in asked.items() if value),
    }
    return render(request, "news/list.html", context)


@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    return render(request, "news/archives.html", {"page": archived_page(request.GET.get("page"))})


@require_safe
def item_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """An item; one that was public and is no more says so."""
    site: Any = request.site
    item = get_object_or_404(NewsItem.objects.whole(), pk=key)
    if item.is_readable:
        response = render(request, "news/item.html", shown_item(item, site))
        allow_frames(response, hosts_of([item.video] if item.video else []))
        opened(request, "news", item.pk)
        return response
    if item.is_expired:
        return status_page(request, 410, *_EXPIRED)
    if item.published_at:
        return status_page(request, 410, *_WITHDRAWN)
    raise Http404("not published")


def shown_item(item: NewsItem, site: Any) -> dict[str, Any]:
    """What an item's page shows."""
    return {"item": item, "options": site.space.options["news"]}
