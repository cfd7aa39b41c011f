"""What the shells show around every page, whatever the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.web.french import of_commune, typographic
from space.contributions import contributions
from space.navigation import office_groups, office_tabs, public_head, public_links, public_tabs

OFFICE = "/mairie/"
MOST_BANNERS = 3
WAYS_OUT = (
    ("billing.order", "billing:order", _("Commander pour continuer")),
    ("space.export", "space:export", _("Exporter tout ce qui est ici")),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The site, its menus and its style; a page's own context wins over any of these."""
    site: Any = getattr(request, "site", None)
    if site is None:
        return {}
    context: dict[str, Any] = {"site": site, "demo": site.demo, "mailbox_url": settings.DEMO_MAILBOX_URL}
    if site.commune is not None:
        context |= {
            "commune_name": typographic(site.commune.name),
            "of_commune": of_commune(site.commune.name),
            "contour_path": site.commune.contour,
        }
    if site.space is None:
        return context
    links = public_links(site.space.modules, request.path)
    context |= {
        "rubrics": links,
        "banners": _banners(request, site),
        "nav": public_head(links),
        "tabs": public_tabs(links),
        "dress": {
            "href": f"{reverse('space:theme')}?v={site.space.version}",
            "icon": f"{reverse('space:icon')}?v={site.space.version}",
            "touch_icon": f"{reverse('space:icon_180')}?v={site.space.version}",
            "manifest": f"{reverse('space:manifest')}?v={site.space.version}",
            "script": static("space/app.js"),
        },
    }
    return context | _office(request, site)


def _banners(request: HttpRequest, site: Any) -> list[Any]:
    """On public pages only, and where the public comes in."""
    if not site.space.is_open or request.path.startswith(OFFICE):
        return []
    return [banner for _, banner in contributions("banner", site.space.modules, site)][:MOST_BANNERS]


def _office(request: HttpRequest, site: Any) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if not request.path.startswith(OFFICE) or user is None or not user.is_authenticated or not user.is_staff_member:
        return {}
    groups = office_groups(site.space.modules, user, request.path)
    found = {"office_nav": groups, "office_tabs": office_tabs(groups, request.path)}
    return found | ({"ways_out": ways_out(user)} if site.space.is_read_only else {})


def ways_out(user: Any) -> list[dict[str, Any]]:
    """Where one goes on from a space that may only be read, as far as one may."""
    return [
        {"url": reverse(route), "label": label} for permission, route, label in WAYS_OUT if user.has_perm(permission)
    ]
