"""What makes a space look like its commune and install on a phone: style, manifest, icon."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import etag, require_safe

from core.web.arms import Arms
from core.web.colour import accent_theme, theme_css
from core.web.french import typographic
from core.web.touch_icon import touch_icon
from space.navigation import public_links
from space.preview import part_of

PAPER = "#fbfaf7"
SHORTCUTS = 4
# Pixels, and whether the phone may cut the square to a shape of its own.
TOUCH_ICONS = {"180": (180, False), "192": (192, False), "512": (512, False), "masque-512": (512, True)}
LONG, SHORT = "public, max-age=31536000, immutable", "public, max-age=60"


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The commune's colours, corrected for contrast in both themes."""
    site: Any = request.site
    return _kept(request, HttpResponse(theme_css(accent_theme(site.space.accent)), content_type="text/css"))


@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    site: Any = request.site
    name = typographic(site.commune.name)
    icon = f"{reverse('space:icon')}?v={site.space.version}"
    return _kept(
        request,
        JsonResponse(
            {
                "id": "/",
                "name": f"{name} (démonstration)" if site.demo else name,
                "short_name": name[:30],
                "description": gettext("L’application citoyenne de la commune."),
                "lang": "fr",
                "dir": "ltr",
                "categories": ["government", "news"],
                "start_url": "/",
                "scope": "/",
                "display": "standalone",
                "background_color": PAPER,
                "theme_color": site.space.accent,
                "icons": [
                    {"src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
                    *(_touch_entry(site, *each) for each in TOUCH_ICONS.items()),
                ],
                "shortcuts": [
                    {
                        "name": link.label,
                        "short_name": link.short,
                        "url": link.url,
                        "icons": [{"src": icon, "sizes": "any"}],
                    }
                    for link in public_links(site.space.modules, "")[1 : 1 + SHORTCUTS]
                ],
            },
            content_type="application/manifest+json",
        ),
    )


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """The commune's arms, for browsers' tabs and phones' home screens: an image that no style sheet reaches."""
    site: Any = request.site
    theme, facts = accent_theme(site.space.accent), site.space
    context = {
        "drawn": Arms.of(facts.arms_pattern, facts.arms_figure, facts.letter),
        "paper": PAPER,
        "field": theme.light,
        "part": part_of(theme.light),
        "ink": theme.on_light,
    }
    return _kept(request, render(request, "space/icon.svg", context, content_type="image/svg+xml"))


def _touch_entry(site: Any, name: str, form: tuple[int, bool]) -> dict[str, str]:
    size, maskable = form
    return {
        "src": f"{reverse(f'space:icon_{name}')}?v={site.space.version}",
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "maskable" if maskable else "any",
    }


def _touch_tag(request: HttpRequest, name: str) -> str:
    site: Any = request.site
    return f'"{site.space.version}-{name}"'


@require_safe
@etag(_touch_tag)
def icon_png(request: HttpRequest, name: str) -> HttpResponse:
    """The same arms for home screens that take no SVG."""
    site: Any = request.site
    theme, facts = accent_theme(site.space.accent), site.space
    size, maskable = TOUCH_ICONS[name]
    drawn = touch_icon(
        Arms.of(facts.arms_pattern, facts.arms_figure, facts.letter),
        size,
        field=theme.light,
        part=part_of(theme.light),
        ink=theme.on_light,
        paper=PAPER,
        maskable=maskable,
    )
    return _kept(request, HttpResponse(drawn, content_type="image/png"))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Kept for ever under the version it was made for, briefly otherwise."""
    site: Any = request.site
    response["Cache-Control"] = LONG if request.GET.get("v") == str(site.space.version) else SHORT
    return response
