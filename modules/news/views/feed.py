"""The latest news, for feed readers and other sites."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.web.french import of_commune
from modules.news.models import NewsItem
from tenants.hosts import origin

NEWEST = 20


class AtomFeed(Feed):  # type: ignore[type-arg]
    """Identifiers are the items' own: they outlive the commune's host name."""

    feed_type = Atom1Feed
    language = "fr"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return request.site

    def title(self, site: Any) -> str:
        return _("Actualités %(of_commune)s") % {"of_commune": of_commune(site.commune.name)}

    def link(self, site: Any) -> str:
        return f"{origin(site.host)}/actualites/"

    def feed_url(self, site: Any) -> str:
        return f"{origin(site.host)}/actualites/fil.atom"

    def feed_guid(self, site: Any) -> str:
        return f"urn:uuid:{site.space.id}"

    def author_name(self, site: Any) -> str:
        return _("Mairie %(of_commune)s") % {"of_commune": of_commune(site.commune.name)}

    def items(self, site: Any) -> list[NewsItem]:
        return list(NewsItem.objects.visible().defer("vector").newest_first()[:NEWEST])

    def item_title(self, item: NewsItem) -> str:
        return item.title

    def item_description(self, item: NewsItem) -> str:
        """As HTML, which is what Django says it is."""
        return escape(item.summary)

    def item_link(self, item: NewsItem) -> str:
        return item.get_absolute_url()

    def item_guid(self, item: NewsItem) -> str:
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: NewsItem) -> Any:
        return item.published_at

    def item_updateddate(self, item: NewsItem) -> Any:
        return item.updated_at

    def item_categories(self, item: NewsItem) -> list[str]:
        return [item.get_theme_display()]
