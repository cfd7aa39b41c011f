"""The style page: every component in every state, in the commune's own colours; and the home of 2, 6 and 11 modules."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants as levels
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.drafts.actions import drop
from core.media.csp import allow_frames
from core.web import undo
from core.web.arms import FIGURES, PATTERNS
from core.web.icons import ICONS
from core.web.landscape import KINDS
from space.navigation import links_of, public_head, public_tabs
from space.specimen_files import OUTSIDE, specimen_files
from space.specimen_texts import TextForm, specimen_texts
from space.specimens import COUNTS, MANIFESTS, banners, cards, page_of_many, sendings, specimen_forms, tasks
from space.views.home import drawn

DRAFT, THING = "style", UUID(int=0)  # what its form is kept as while it is filled
THEMES = {"clair": "light", "sombre": "dark"}


def style(request: HttpRequest) -> HttpResponse:
    context = specimen_forms() | {
        "forced_theme": chosen_theme(request),
        "messages": [
            Message(levels.SUCCESS, _("Votre réponse est envoyée.")),
            Message(levels.INFO, _("L’espace sera public demain.")),
            Message(levels.WARNING, _("Il vous reste un code de secours.")),
            Message(levels.SUCCESS, _("L’actualité est supprimée."), undo.packed(reverse("space:style"), {})),
            Message(levels.ERROR, _("L’image est trop lourde.")),
        ],
        "ways_out": [{"url": reverse("space:style"), "label": _("Voir l’abonnement")}],
        "page": page_of_many(),
        "tasks": tasks(),
        "sendings": sendings(),
        "banners": banners(),
        "icons": ICONS,
        "patterns": PATTERNS,
        "figures": FIGURES,
        "homes": [(count, links_of(MANIFESTS[:count], "/")) for count in COUNTS],
        "bars": [(count, public_tabs(links_of(MANIFESTS[:count], "/"))) for count in COUNTS],
        "cards": [(card, False) for card in cards(COUNTS[1])],
    }
    return render(request, "space/style/page.html", context)


def style_signature(request: HttpRequest) -> HttpResponse:
    return render(request, "space/style/signature.html", {"forced_theme": chosen_theme(request), "kinds": KINDS})


def style_files(request: HttpRequest) -> HttpResponseBase:
    """What a page is written with: text, files, what other sites play. What is sent is shown, not kept."""
    context = specimen_files() | specimen_texts() | {"forced_theme": chosen_theme(request), "thing": THING}
    if request.method == "POST":
        form = TextForm(request.POST)
        context |= {"text_form": form, "text": form.cleaned_data["story"] if form.is_valid() else ""}
        if form.is_valid():
            drop(request.user, DRAFT, THING)
    response = render(request, "space/style/files.html", context)
    return allow_frames(response, OUTSIDE)


def style_home(request: HttpRequest) -> HttpResponse:
    """The commune's home as somebody signed out would see it with this many modules."""
    site: Any = request.site
    asked = request.GET.get("modules", "")
    count = int(asked) if asked in {str(each) for each in COUNTS} else COUNTS[-1]
    links = links_of(MANIFESTS[:count], reverse("space:home"))
    context = drawn(site, AnonymousUser(), links, cards(count)) | {
        "forced_theme": chosen_theme(request),
        "nav": public_head(links),
        "tabs": public_tabs(links),
        "viewer": None,
    }
    return render(request, "space/home.html", context)


def chosen_theme(request: HttpRequest) -> str:
    """The theme asked for, empty for the device's own."""
    return THEMES.get(request.GET.get("theme", ""), "")
