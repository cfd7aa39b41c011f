"""The blocks of a page: added, changed, moved, removed and put back."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.drafts.actions import drop
from core.tenancy.keys import uuid7
from core.web.meanwhile import ChangedMeanwhile, differences, digest, key_of, read_of
from modules.presentation.actions import blocks as actions
from modules.presentation.forms.blocks import BlockForm
from modules.presentation.forms.kinds import FORMS
from modules.presentation.models import Block, BlockKind
from modules.presentation.queries.blocks import files_of, shown_one, state_now
from modules.presentation.queries.pages import Desk, desk_of
from modules.presentation.views.desk import or_not_found
from modules.presentation.views.drafts import DraftName


@or_not_found
@require_safe
def choose(request: HttpRequest, key: UUID) -> HttpResponse:
    """Which kind of block to add, and after which."""
    context = {"desk": _desk(key), "kinds": BlockKind, "after": _key(request.GET.get("apres")) or ""}
    return render(request, "presentation/choose.html", context)


@or_not_found
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    found = BlockKind.of_slug(kind)
    if found is None:
        raise Http404(kind)
    desk = _desk(key)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FORMS[found](*data, author=request.user)
    after = _key((request.POST if data else request.GET).get("apres"))
    context: dict[str, Any] = {"desk": desk, "kind": found, "key": key_of(request), "after": after or ""}
    context["draft"] = DraftName(f"presentation-{found.slug}", key)
    if form.is_valid():
        try:
            actions.add(
                page=key, kind=found, content=form.content, author=request.user, key=context["key"], after=after
            )
        except ChangedMeanwhile as error:
            context |= {"key": uuid7(), "overtaken": shown_one(error.found)}
            return _shown(request, form, context, 409)
        except ValidationError as error:
            form.tell(error)
        else:
            drop(request.user, *context["draft"])
            messages.success(request, _("Le bloc est ajouté : les habitants le liront à la prochaine mise en ligne."))
            return _back(key, context["key"])
    return _shown(request, form, context, 422 if form.is_bound else 200)


@or_not_found
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: UUID, block: UUID) -> HttpResponse:
    desk = _desk(key)
    found = Block.objects.select_related("department").get(version=desk.working, key=block, removed_at__isnull=True)
    assets = files_of([found.pk]).get(found.pk, [])
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FORMS[found.look](*data, author=request.user, block=found, assets=assets)
    read = read_of(request) if data else digest(state_now(found))
    context: dict[str, Any] = {"desk": desk, "kind": found.look, "known": found, "read": read or ""}
    context["draft"] = DraftName("presentation-bloc", block)
    if form.is_valid():
        try:
            actions.change(page=key, key=block, content=form.content, author=request.user, read=read_of(request))
        except ChangedMeanwhile as error:
            theirs = list(_differences(form, error.found))
            context |= {"read": digest(state_now(error.found)), "theirs": theirs}
            context["keep"] = reverse("presentation-office:block", args=[key, block])
            return _shown(request, form, context, 409)
        except ValidationError as error:
            form.tell(error)
        else:
            drop(request.user, *context["draft"])
            messages.success(request, _("Le bloc est enregistré."))
            return _back(key, block)
    return _shown(request, form, context, 422 if form.is_bound else 200)


def _differences(form: BlockForm, kept: Block) -> Iterator[tuple[str, str]]:
    """What is kept and was typed otherwise; of rows and files, only that they differ."""
    said = {**kept.data, "department": kept.department_id, "cells": form.initial.get("cells")}
    for label, value in differences(form, said):
        if not form.files_field or label != str(form.fields[form.files_field].label):
            yield label, value
    state, content = state_now(kept), form.content
    if form.files_field and state["files"] != content.state["files"]:
        label = str(form.fields[form.files_field].label)
        names = ", ".join(str(asset) for asset in files_of([kept.pk]).get(kept.pk, []))
        yield label, names or _("(vide)")
    if form.rows is not None and kept.data.get("moments") != content.data.get("moments"):
        yield _("Étapes"), " ; ".join(f"{each['date']} {each['title']}" for each in kept.data.get("moments", []))


def _shown(request: HttpRequest, form: BlockForm, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "presentation/block.html", {"form": form, **context}, status=status)


@or_not_found
@require_POST
def shift(request: HttpRequest, key: UUID, block: UUID) -> HttpResponse:
    actions.shift(page=key, key=block, step=-1 if request.POST.get("sens") == "haut" else 1, author=request.user)
    return _back(key, block)


@or_not_found
@require_POST
def arrange(request: HttpRequest, key: UUID) -> HttpResponse:
    """The whole order at once, as the dragging sends it."""
    keys = [found for found in map(_key, request.POST.getlist("ordre")) if found]
    by_script = request.headers.get("Accept") == "application/json"
    try:
        read = [found for found in map(_key, (read_of(request) or "").split()) if found]
        now = actions.arrange(page=key, keys=keys, author=request.user, read=read if read_of(request) else None)
    except ChangedMeanwhile:
        said = _("Quelqu’un a déplacé des blocs entre-temps : voici leur ordre. Déplacez de nouveau le vôtre.")
        if by_script:
            return JsonResponse({"said": said}, status=409)
        messages.error(request, said)
        return _back(key)
    if by_script:
        return JsonResponse({"read": " ".join(map(str, now)), "said": _("L’ordre est enregistré.")})
    return _back(key)


@or_not_found
@require_POST
def remove(request: HttpRequest, key: UUID, block: UUID) -> HttpResponse:
    actions.remove(page=key, key=block, author=request.user)
    return _back(key)


@or_not_found
@require_POST
def put_back(request: HttpRequest, key: UUID, block: UUID) -> HttpResponse:
    try:
        actions.put_back(page=key, key=block, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(key)
    messages.success(request, _("Le bloc est remis à sa place."))
    return _back(key, block)


def _desk(key: UUID) -> Desk:
    """Raises Page.DoesNotExist, also for a page that was deleted."""
    desk = desk_of(key)
    if desk.page.deleted_at:
        raise desk.page.DoesNotExist(str(key))
    return desk


def _back(key: UUID, block: UUID | None = None) -> HttpResponse:
    anchor = f"#bloc-{block}" if block else ""
    return redirect(reverse("presentation-office:page", args=[key]) + anchor)


def _key(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
