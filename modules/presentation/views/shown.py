"""What a page shows of the commune."""

from typing import Any

from django.http import HttpRequest

from core.web.plain_text import paragraphs
from modules.presentation.models import CommunePage


def facts_of(request: HttpRequest) -> Any:
    site: Any = request.site
    return site.commune


def shown(page: CommunePage, links: Any) -> dict[str, Any]:
    return {
        "page": page,
        "links": links,
        "introduction": paragraphs(page.introduction),
        "history": paragraphs(page.history),
    }
