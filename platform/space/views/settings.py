"""How the space looks, where it answers, and how each module is tuned."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.accounts.models import User
from core.catalogue import Manifest
from space.actions import dress, name_host, tune
from space.contributions import catalogue
from space.forms import AppearanceForm, HostForm, OptionsForm
from space.preview import Preview
from tenants.appearance import NameRefused
from tenants.hosts import space_url
from tenants.models import Space


@never_cache
def settings(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keeps the choices, or only draws them when the preview was asked for."""
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return _page(request, appearance=form, status=422)
    if "apercu" in request.POST:
        return _page(request, appearance=form)
    dress(_space(request), form.cleaned_data, author=cast(User, request.user))
    messages.success(request, _("C’est fait : voici votre espace."))
    return redirect("space:settings")


@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    """The drawn preview alone, for the page's script."""
    form = AppearanceForm(request.GET)
    if not form.is_valid():
        return HttpResponse(status=422)
    return render(request, "space/settings/preview.html", {"preview": _preview(request, form.cleaned_data)})


@require_POST
def host(request: HttpRequest) -> HttpResponse:
    form = HostForm(request.POST)
    if not form.is_valid():
        return _page(request, host=form, status=422)
    space = _space(request)
    try:
        name_host(space, form.cleaned_data["name"], author=cast(User, request.user))
    except NameRefused as refusal:
        form.add_error("name", str(refusal.problem))
        return _page(request, host=form, status=422)
    messages.success(request, _("L’adresse de votre espace est enregistrée."))
    return redirect(space_url(_space(request), request.path.removesuffix("adresse/")))


@require_POST
def options(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in catalogue() or not catalogue()[slug].options:
        raise Http404(slug)
    form = OptionsForm(catalogue()[slug], request.POST, prefix=slug)
    if not form.is_valid():
        return _page(request, options=form, status=422)
    tune(_space(request), slug, form.cleaned_data, author=cast(User, request.user))
    messages.success(request, _("Les options sont enregistrées."))
    return redirect("space:settings")


def _page(
    request: HttpRequest,
    *,
    appearance: AppearanceForm | None = None,
    host: HostForm | None = None,
    options: OptionsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    facts: Any = request.site.space  # type: ignore[attr-defined]
    form = appearance or AppearanceForm(initial=AppearanceForm.of(facts))
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else AppearanceForm.of(facts)
    space = _space(request)
    assert space.commune is not None
    context = {
        "appearance": form,
        "preview": _preview(request, chosen),
        "host_form": host or HostForm(initial={"name": space.custom_name or space.commune.slug}),
        "address": space_url(space, "/"),
        "options": [_options_form(each, facts, options) for each in catalogue().among(facts.modules) if each.options],
    }
    return render(request, "space/settings/page.html", context, status=status)


def _options_form(manifest: Manifest, facts: Any, bound: OptionsForm | None) -> OptionsForm:
    if bound is not None and bound.manifest is manifest:
        return bound
    return OptionsForm(manifest, initial=dict(facts.options[manifest.slug]), prefix=manifest.slug)


def _preview(request: HttpRequest, chosen: dict[str, str]) -> Preview:
    return Preview.of(request.site, chosen)


def _space(request: HttpRequest) -> Space:
    site: Any = request.site
    space: Space = Space.objects.select_related("commune").get(pk=site.space.id)
    return space
