"""How the space looks, where it answers, and how each module is tuned."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.accounts.models import User
from core.catalogue import Manifest
from core.web.meanwhile import ChangedMeanwhile, differences, digest, read_of
from space.actions import dress, name_host, tune, worn
from space.contributions import catalogue
from space.forms import AppearanceForm, HostForm, OptionsForm
from space.preview import Preview
from space.views.posts import form_of
from tenants.appearance import NameRefused
from tenants.hosts import space_host, space_url
from tenants.models import Space
from tenants.switches import options_of
from tenants.tickets import issue


@never_cache
def settings(request: HttpRequest) -> HttpResponse:
    return _page(request)


@form_of("space:settings")
def appearance(request: HttpRequest) -> HttpResponse:
    """Keeps the choices, or only draws them when the preview was asked for."""
    form = AppearanceForm(request.POST, initial=AppearanceForm.of(_facts(request)))
    if not form.is_valid():
        return _page(request, appearance=form, status=422)
    if "apercu" in request.POST:
        return _page(request, appearance=form)
    space = _space(request)
    try:
        dress(space, form.choices, author=cast(User, request.user), read=read_of(request))
    except ChangedMeanwhile:
        theirs = list(differences(form, AppearanceForm.of(space)))
        return _page(request, appearance=form, appearance_theirs=theirs, status=409)
    messages.success(request, _("C’est fait : voici votre espace."))
    return redirect("space:settings")


@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    """The drawn preview alone, for the page's script."""
    form = AppearanceForm(request.GET, initial=AppearanceForm.of(_facts(request)))
    if not form.is_valid():
        return HttpResponse(status=422)
    return render(request, "space/settings/preview.html", {"preview": _preview(request, form.choices)})


@form_of("space:settings")
def host(request: HttpRequest) -> HttpResponse:
    """Keeps the name. Nobody is known on another host: a ticket takes the person there."""
    form = HostForm(request.POST)
    if not form.is_valid():
        return _page(request, host=form, status=422)
    space, author = _space(request), cast(User, request.user)
    before = space_host(space)
    try:
        name_host(space, form.cleaned_data["name"], author=author)
    except NameRefused as refusal:
        form.add_error("name", str(refusal.problem))
        return _page(request, host=form, status=422)
    space = _space(request)
    if space_host(space) == before:
        messages.success(request, _("L’adresse de votre espace est enregistrée."))
        return redirect("space:settings")
    return redirect(space_url(space, f"{reverse('space:arrival')}?jeton={issue(space, author.pk)}"))


@form_of("space:settings")
def options(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in _facts(request).modules or not catalogue()[slug].options:
        raise Http404(slug)
    form = OptionsForm(catalogue()[slug], request.POST, prefix=slug)
    form.read = read_of(request) or ""
    if not form.is_valid():
        return _page(request, options=form, status=422)
    space = _space(request)
    try:
        tune(space, slug, form.cleaned_data, author=cast(User, request.user), read=read_of(request))
    except ChangedMeanwhile:
        kept = dict(options_of(space.schema_name, slug))
        form.theirs, form.read = list(differences(form, kept)), digest(kept)
        return _page(request, options=form, status=409)
    messages.success(request, _("Les options sont enregistrées."))
    return redirect(f"{reverse('space:settings')}#{slug}")


def _page(
    request: HttpRequest,
    *,
    appearance: AppearanceForm | None = None,
    host: HostForm | None = None,
    options: OptionsForm | None = None,
    appearance_theirs: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = _facts(request)
    form = appearance or AppearanceForm(initial=AppearanceForm.of(facts))
    chosen = form.choices if form.is_bound and form.is_valid() else AppearanceForm.of(facts)
    space = _space(request)
    assert space.commune is not None
    context = {
        "appearance": form,
        "appearance_read": read_of(request) if appearance and status != 409 else digest(worn(facts)),
        "appearance_theirs": appearance_theirs,
        "preview": _preview(request, chosen),
        "host_form": host or HostForm(initial={"name": space.custom_name or space.commune.slug}),
        "address": space_url(space, "/"),
        "options": [_options_form(each, facts, options) for each in catalogue().among(facts.modules) if each.options],
    }
    return render(request, "space/settings/page.html", context, status=status)


def _options_form(manifest: Manifest, facts: Any, bound: OptionsForm | None) -> OptionsForm:
    if bound is not None and bound.manifest is manifest:
        return bound
    kept = dict(facts.options[manifest.slug])
    form = OptionsForm(manifest, initial=kept, prefix=manifest.slug)
    form.read = digest(kept)
    return form


def _preview(request: HttpRequest, chosen: dict[str, str]) -> Preview:
    return Preview.of(request.site, chosen)


def _facts(request: HttpRequest) -> Any:
    site: Any = request.site
    return site.space


def _space(request: HttpRequest) -> Space:
    site: Any = request.site
    space: Space = Space.objects.select_related("commune").get(pk=site.space.id)
    return space
