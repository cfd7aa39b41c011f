"""The mairie's list of pages, and each page with its blocks."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.drafts.actions import drop
from core.tenancy.keys import uuid7
from core.web import undo
from core.web.meanwhile import ChangedMeanwhile, differences, digest, key_of, read_of
from modules.presentation.actions import pages as actions
from modules.presentation.actions import versions
from modules.presentation.forms.pages import HeadingForm, Tab
from modules.presentation.models import MOST_BLOCKS, Block, BlockKind, Page, PageVersion
from modules.presentation.queries.blocks import blocks_of, show
from modules.presentation.queries.pages import TABS, counts, desk_of, office_page
from modules.presentation.views.drafts import draft_of

OnPage = Callable[..., HttpResponse]


def or_not_found(view: OnPage) -> OnPage:
    """A page, a block or a version that is not there, or is no longer, is not found."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Page.DoesNotExist, PageVersion.DoesNotExist, Block.DoesNotExist) as error:
            raise Http404(str(error)) from error

    return found


@never_cache
@require_safe
def page_list(request: HttpRequest) -> HttpResponse:
    tab = Tab(request.GET)
    held = counts()
    words = urlencode({"q": tab.words}) if tab.words else ""
    context = {
        "page": office_page(tab.state, tab.words, request.GET.get("page"), held),
        "tabs": [(value, label, held[value]) for value, label in TABS],
        "state": tab.state,
        "words": tab.words,
        "kept_words": f"&{words}" if words else "",
        "query": f"{urlencode({name: value for name, value in tab.cleaned_data.items() if value})}&",
        "may_order": not tab.words and not tab.state,
    }
    return render(request, "presentation/office_list.html", context)


@or_not_found
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = HeadingForm(request.POST if request.method == "POST" else None)
    key, status, theirs = key_of(request), 422 if form.is_bound else 200, None
    if form.is_valid():
        try:
            page = actions.start(heading=form.heading, author=request.user, key=key)
        except ChangedMeanwhile as error:
            key, status = uuid7(), 409
            theirs = list(differences(form, asdict(actions.heading_of(error.found))))
        except ValidationError as error:
            form.tell(error)
        else:
            drop(request.user, *draft_of(request, "titre"))
            messages.success(request, _("La page est commencée. Ajoutez-y un premier bloc."))
            return redirect("presentation-office:page", key=page.pk)
    context = {"form": form, "key": key, "theirs": theirs, "keep": reverse("presentation-office:list")}
    context["draft"] = draft_of(request, "titre")
    return render(request, "presentation/heading.html", context, status=status)


@or_not_found
@require_safe
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The working copy, block by block."""
    desk = desk_of(key)
    if desk.page.deleted_at:
        return render(request, "presentation/deleted.html", {"desk": desk})
    blocks = blocks_of(desk.working)
    removed = blocks_of(desk.working, removed=True)
    context = {
        "desk": desk,
        "blocks": show(blocks),
        "removed": removed,
        "kinds": [] if len(blocks) >= MOST_BLOCKS else BlockKind,
        "order": " ".join(str(block.key) for block in blocks),
    }
    return render(request, "presentation/editor.html", context)


@or_not_found
@require_http_methods(["GET", "HEAD", "POST"])
def heading(request: HttpRequest, key: UUID) -> HttpResponse:
    desk = desk_of(key)
    kept = asdict(actions.heading_of(desk.page, desk.working))
    form = HeadingForm(request.POST if request.method == "POST" else None, initial=kept, page=desk.page)
    read, status, theirs = digest(kept), 422 if form.is_bound else 200, None
    if form.is_bound:
        read = read_of(request) or ""
    if form.is_valid():
        try:
            actions.name(key=key, heading=form.heading, author=request.user, read=read_of(request))
        except ChangedMeanwhile:
            status, theirs, read = 409, list(differences(form, kept)), digest(kept)
        except ValidationError as error:
            form.tell(error)
        else:
            drop(request.user, *draft_of(request, "titre", key))
            messages.success(request, _("C’est enregistré."))
            return redirect("presentation-office:page", key=key)
    context = {"form": form, "desk": desk, "read": read, "theirs": theirs}
    context["keep"] = reverse("presentation-office:heading", args=[key])
    context["draft"] = draft_of(request, "titre", key)
    return render(request, "presentation/heading.html", context, status=status)


@or_not_found
@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """The working copy as a resident would read it."""
    desk = desk_of(key)
    context = {"desk": desk, "version": desk.working, "blocks": show(blocks_of(desk.working))}
    return render(request, "presentation/detail.html", context)


@or_not_found
@require_POST
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    versions.publish(page=key, author=request.user)
    messages.success(request, _("C’est en ligne : les habitants lisent la nouvelle version."))
    return redirect("presentation-office:page", key=key)


@or_not_found
@require_POST
def unpublish(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        was = versions.unpublish(page=key, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if was:
            back = reverse("presentation-office:online-again", args=[key, was.pk])
            undo.offer(request, _("La page n’est plus en ligne. Elle reste ici."), back)
    return redirect("presentation-office:page", key=key)


@or_not_found
@require_POST
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        actions.delete(key=key, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("presentation-office:page", key=key)
    return redirect("presentation-office:page", key=key)


@or_not_found
@require_POST
def restore(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        actions.restore(key=key, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("presentation-office:list")
    messages.success(request, _("La page est remise, comme elle était."))
    return redirect("presentation-office:page", key=key)


@or_not_found
@require_POST
def shift(request: HttpRequest, key: UUID) -> HttpResponse:
    step = -1 if request.POST.get("sens") == "haut" else 1
    try:
        actions.shift_page(key=key, step=step, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("presentation-office:list")
