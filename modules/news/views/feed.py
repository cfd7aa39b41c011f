"""The latest news, for feed readers and other sites."""

from typing import Any
from urllib.parse import urljoin

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.readership import Channel, with_channel
from core.richtext.cleaning import purified
from core.web.french import of_commune
from modules.news.models import NewsItem
from modules.news.queries import file_bytes, file_type, ready_files
from tenants.hosts import origin

NEWEST = 20
_HOME = "_home"  # where an item is read, set on it for its files


class WholeAtom(Atom1Feed):
    """With the text of each entry, beside its summary."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


class AtomFeed(Feed):  # type: ignore[type-arg]
    """Identifiers are the items' own: they outlive the commune's host name."""

    feed_type = WholeAtom
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
        found = list(NewsItem.objects.visible().whole().newest_first()[:NEWEST])
        for item in found:
            setattr(item, _HOME, origin(site.host))
        return found

    def item_title(self, item: NewsItem) -> str:
        return item.title

    def item_description(self, item: NewsItem) -> str:
        """As HTML, which is what Django says it is."""
        return escape(item.summary)

    def item_link(self, item: NewsItem) -> str:
        return with_channel(item.get_absolute_url(), Channel.FEED)

    def item_guid(self, item: NewsItem) -> str:
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: NewsItem) -> Any:
        return item.published_at

    def item_updateddate(self, item: NewsItem) -> Any:
        return item.corrected_at or item.published_at

    def item_categories(self, item: NewsItem) -> list[str]:
        return [item.get_theme_display()]

    def item_extra_kwargs(self, item: NewsItem) -> dict[str, Any]:
        return {"content": purified(item.body)}

    def item_enclosures(self, item: NewsItem) -> list[Enclosure]:
        """Its files, at whole addresses."""
        return [
            Enclosure(urljoin(getattr(item, _HOME), asset.main_url), str(file_bytes(asset)), file_type(asset))
            for asset in ready_files(item)
        ]
