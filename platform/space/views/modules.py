"""Which modules are on, and turning them on and off."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from billing.office.offering import Priced, prices_of
from core.accounts.models import User
from core.catalogue import Manifest
from space.actions import turn_off, turn_on
from space.contributions import catalogue
from space.views.posts import form_of
from tenants.models import ModuleSwitch, Space
from tenants.switches import NotEntitled, entitled_modules


@dataclass(frozen=True, slots=True)
class Line:
    """A module as the settings show it; `last` is its latest switch, on or off."""

    manifest: Manifest
    is_on: bool
    entitled: bool
    needs: tuple[str, ...]
    needed_by: tuple[str, ...]
    last: ModuleSwitch | None
    price: Priced | None


@never_cache
def modules(request: HttpRequest) -> HttpResponse:
    site: Any = request.site
    space = Space.objects.get(pk=site.space.id)
    entitled = entitled_modules(space)
    prices = prices_of(request)
    last = {switch.module: switch for switch in space.switches.order_by("since")}
    lines = [
        Line(
            manifest,
            manifest.slug in site.space.modules,
            manifest.slug in entitled,
            _labels(catalogue().needs(manifest.slug)),
            _labels(catalogue().needed_by(manifest.slug)),
            last.get(manifest.slug),
            prices.get(manifest.slug),
        )
        for manifest in catalogue()
    ]
    return render(request, "space/modules.html", {"lines": lines})


@form_of("space:modules")
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Turns a module the other way; asks first when other modules follow."""
    if slug not in catalogue():
        raise Http404(slug)
    site: Any = request.site
    on = request.POST.get("etat") == "on"
    followers = _followers(slug, site.space.modules, on=on)
    if followers and request.POST.get("confirme") != "1":
        context = {"manifest": catalogue()[slug], "on": on, "followers": _labels(followers)}
        return render(request, "space/module_confirm.html", context)
    space, author = Space.objects.get(pk=site.space.id), cast(User, request.user)
    try:
        changed = turn_on(space, slug, author=author) if on else turn_off(space, slug, author=author)
    except NotEntitled as error:
        missing = _("Votre abonnement ne comprend pas : %(modules)s.")
        messages.error(request, missing % {"modules": ", ".join(_labels(error.modules))})
        return redirect("space:modules")
    if changed:
        done = _("Activé : %(modules)s.") if on else _("Désactivé : %(modules)s. Rien n’est effacé.")
        messages.success(request, done % {"modules": ", ".join(_labels(changed))})
    return redirect("space:modules")


def _followers(slug: str, modules: frozenset[str], *, on: bool) -> frozenset[str]:
    """The other modules that would change too."""
    return catalogue().needs(slug) - modules if on else catalogue().needed_by(slug) & modules


def _labels(slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(manifest.label for manifest in catalogue().among(slugs))
