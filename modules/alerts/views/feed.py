"""What was told of alerts, newest first: an Atom feed whose entries lead to their CAP files."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.web.french import of_commune
from modules.alerts.models import AlertMessage
from modules.alerts.views.cap import TYPE
from tenants.hosts import origin

NEWEST = 50
_HOME = "_home"  # where a message is read, set on it for its CAP file


class CapAtom(Atom1Feed):
    """With the address of each entry's CAP file."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("link", "", {"rel": "alternate", "type": TYPE, "href": item["cap"]})


class CapFeed(Feed):  # type: ignore[type-arg]
    feed_type = CapAtom
    language = "fr"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return request.site

    def title(self, site: Any) -> str:
        return _("Alertes %(of_commune)s") % {"of_commune": of_commune(site.commune.name)}

    def link(self, site: Any) -> str:
        return f"{origin(site.host)}/alertes/"

    def feed_url(self, site: Any) -> str:
        return f"{origin(site.host)}/alertes/fil.atom"

    def feed_guid(self, site: Any) -> str:
        return f"urn:uuid:{site.space.id}:alerts"

    def author_name(self, site: Any) -> str:
        return _("Mairie %(of_commune)s") % {"of_commune": of_commune(site.commune.name)}

    def items(self, site: Any) -> list[AlertMessage]:
        found = list(AlertMessage.objects.told().order_by("-serial")[:NEWEST])
        for message in found:
            setattr(message, _HOME, origin(site.host))
        return found

    def item_title(self, message: AlertMessage) -> str:
        return message.title

    def item_description(self, message: AlertMessage) -> str:
        """As HTML, which is what Django says it is."""
        return escape(message.text)

    def item_link(self, message: AlertMessage) -> str:
        return reverse("alerts:item", args=[message.alert_id])

    def item_guid(self, message: AlertMessage) -> str:
        return f"urn:uuid:{message.pk}"

    def item_pubdate(self, message: AlertMessage) -> Any:
        return message.at

    def item_updateddate(self, message: AlertMessage) -> Any:
        return message.at

    def item_extra_kwargs(self, message: AlertMessage) -> dict[str, Any]:
        path = reverse("alerts:cap-message", args=[message.alert_id, message.number])
        return {"cap": f"{getattr(message, _HOME)}{path}"}
