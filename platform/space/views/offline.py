"""The space without a network: its service worker, and the page shown in place of one that was not kept."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

SHELL = (
    "web/css/base.css",
    "web/css/components.css",
    "web/css/pages.css",
    "web/fonts/atkinson-hyperlegible-next-french.woff2",
    "web/fonts/bricolage-grotesque-french.woff2",
    "space/app.js",
    "space/offline.js",
)
# Never kept, whatever they say of themselves.
PERSONAL = ("/mairie/", "/compte/", "/connexion/", "/arrivee/", "/invitation/", "/recherche/", "/api/")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker's text changes with the look, the commune's choices and its modules, so browsers take the new one."""
    site: Any = request.site
    version = site.space.version
    look = [f"{reverse(f'space:{name}')}?v={version}" for name in ("theme", "icon")]
    build = {
        "version": f"{shell_digest()}-{version}",
        "pages": f"{version}",
        "shell": [reverse("space:offline"), *look, *(static(path) for path in SHELL)],
        "assets": settings.STATIC_URL,
        "offline": reverse("space:offline"),
        "signOut": reverse("account_logout"),
        "shown": reverse("delivery:shown"),
        "personal": PERSONAL,
        "icon": f"{reverse('space:icon_192')}?v={version}",
    }
    context = {"build": json.dumps(build)}
    response = render(request, "space/worker.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"  # the same for whoever is signed in
    return response


@cache
def shell_digest() -> str:
    """A word for the shell's files and page, as they are when the process starts."""
    digest = sha256()
    for path in SHELL:
        found = finders.find(path)
        assert isinstance(found, str), f"{path} is not found"
        digest.update(Path(found).read_bytes())
    for name in ("space/offline.html", "web/space.html", "web/base.html"):
        template: Any = get_template(name)
        digest.update(template.template.source.encode())
    return digest.hexdigest()[:12]


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "space/offline.html")
