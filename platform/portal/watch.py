"""A commune without a space: its page, and leaving an address to know when the mairie opens.

The links of the mails lead to the portal, which stays when the commune's host becomes its space.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.web.french import of_commune, typographic
from portal.limits import too_many_watches
from tenants import watching
from tenants.hosts import portal_url, space_url
from tenants.models import OPEN, Commune, Space
from tenants.sites import CommuneFacts


class WatchForm(forms.Form):
    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=254,
        error_messages={
            "required": _("Écrivez votre adresse e-mail."),
            "invalid": _("Écrivez une adresse complète, comme prenom@exemple.fr."),
            "max_length": _("Écrivez une adresse d’au plus 254 caractères."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
    )


@require_safe
def unopened(request: HttpRequest) -> HttpResponse:
    """The directory's facts about a commune whose mairie has not opened its space."""
    return _unopened_page(request, WatchForm())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_here(request: HttpRequest) -> HttpResponse:
    """The form of the commune's own page."""
    site: Any = request.site
    if request.method != "POST":
        return redirect("unopened")
    form = WatchForm(request.POST)
    status = _asked(request, form, Commune.objects.get(pk=site.commune.insee))
    return redirect("watch_asked") if status == 200 else _unopened_page(request, form, status)


@require_safe
def asked_here(request: HttpRequest) -> HttpResponse:
    """The same answer to everybody, whatever was known of the address."""
    site: Any = request.site
    return _noindex(render(request, "portal/watch/asked.html", _named(site.commune)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest, insee: str) -> HttpResponse:
    """The same form on the portal, for a commune whose space waits for its mandate: its host is closed."""
    commune = get_object_or_404(Commune, pk=insee)
    if url := _space_url(commune):
        return render(request, "portal/watch/open.html", {**_named(commune), "url": url})
    form = WatchForm(request.POST if request.method == "POST" else None)
    status = _asked(request, form, commune) if form.is_bound else 200
    if form.is_bound and status == 200:
        return redirect("watch_asked", insee)
    return render(request, "portal/watch/ask.html", {**_named(commune), "form": form}, status=status)


@require_safe
def asked(request: HttpRequest, insee: str) -> HttpResponse:
    commune = get_object_or_404(Commune, pk=insee)
    return render(request, "portal/watch/asked.html", _named(commune))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, word: str) -> HttpResponse:
    """The link of the mail shows a button: programs that read mails follow links, they press nothing."""
    commune = watching.confirm(word) if request.method == "POST" else watching.asked(word)
    if commune is None:
        return render(request, "portal/watch/stale.html", status=410)
    if url := _space_url(commune):
        return render(request, "portal/watch/open.html", {**_named(commune), "url": url})
    page = "confirmed" if request.method == "POST" else "confirm"
    return render(request, f"portal/watch/{page}.html", _named(commune))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """As above, to be forgotten. A link that served already says the same: the address is gone."""
    if not watching.is_stop(word):
        return render(request, "portal/watch/stale.html", status=410)
    if request.method == "POST":
        watching.forget(word)
        return render(request, "portal/watch/forgotten.html")
    return render(request, "portal/watch/stop.html")


def opened(request: HttpRequest) -> HttpResponse:
    """The pages above, on a host that became a space: a page left open leads to the space."""
    return redirect("/")


def _asked(request: HttpRequest, form: WatchForm, commune: Commune) -> int:
    """Keep the address; the status to answer."""
    if not form.is_valid():
        return 422
    if too_many_watches(request, form.cleaned_data["email"].lower()):
        form.add_error(None, _("Trop de demandes à la suite. Attendez une heure, puis réessayez."))
        return 429
    watching.watch(commune, form.cleaned_data["email"])
    return 200


def _unopened_page(request: HttpRequest, form: WatchForm, status: int = 200) -> HttpResponse:
    site: Any = request.site
    context = {"portal": portal_url("/"), "open_url": portal_url(f"/ouvrir/{site.commune.insee}/"), "form": form}
    context["quote_url"] = portal_url(f"/devis/commune/{site.commune.insee}/")
    return _noindex(render(request, "portal/unopened.html", context, status=status))


def _named(commune: Commune | CommuneFacts) -> dict[str, str]:
    return {"of_commune": of_commune(commune.name), "commune_name": typographic(commune.name)}


def _space_url(commune: Commune) -> str:
    """Where the commune's open space is, empty while it has none."""
    space = Space.objects.select_related("commune").filter(commune=commune, state__in=OPEN).first()
    return space_url(space, "/") if space else ""


def _noindex(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
