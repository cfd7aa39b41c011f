"""What the mairie does with its news: the list, an item's own page, and each step it takes."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.delivery.audience import audience
from core.media.csp import allow_frames, hosts_of
from core.readership import Channel, readings, totals, with_channel
from core.web import undo
from modules.news import actions
from modules.news.forms import Narrowing, ReasonForm
from modules.news.models import NewsItem, Theme
from modules.news.queries import TABS, counts, history, office_line, office_page, reading_words, returned, was_told
from modules.news.views.public import shown_item
from tenants.hosts import origin

ItemView = Callable[[HttpRequest, NewsItem], HttpResponse]


def item_view(view: ItemView) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A view of one item: shown, and acted on by its form. An item that goes meanwhile is not found."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def found(request: HttpRequest, key: UUID) -> HttpResponse:
        try:
            return view(request, NewsItem.objects.whole().get(pk=key))
        except NewsItem.DoesNotExist as error:
            raise Http404(str(error)) from error

    return found


@never_cache
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    asked = Narrowing(request.GET)
    asked.is_valid()
    items = asked.items(request.user)
    held = counts(items)
    query = urlencode(asked.query)
    state = asked.state
    page = office_page(items.filter(state=state) if state else items, request.GET.get("page"), held.get(state, 0))
    rows = list(page)
    sums = totals("news", [item.pk for item in rows])
    context = {
        "page": page,
        "rows": [(item, office_line(item, sums[item.pk])) for item in rows],
        "tabs": [(value, label, held.get(value, 0)) for value, label in TABS if not value or held.get(value, 0)
                 or value == state],
        "state": state,
        "words": asked.kept("q"),
        "theme": asked.kept("theme"),
        "mine": asked.kept("miennes"),
        "themes": Theme.choices,
        "kept": f"&{query}" if query else "",
        "query": f"{urlencode({**asked.query, **({'etat': state} if state else {})})}&" if query or state else "",
    }  # fmt: skip
    return render(request, "news/office_list.html", context)


def may_change(request: HttpRequest, item: NewsItem) -> bool:
    """What is public, or will be at its time, is changed by whoever may publish."""
    return not item.is_guarded or may_publish(request)


def may_publish(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm("news.publish"))


@item_view
def preview(request: HttpRequest, item: NewsItem) -> HttpResponse:
    """The item's own page in the office: what it says, what may be done with it, and who did what."""
    site: Any = request.site
    context = {
        **shown_item(item, site),
        "history": history(item),
        "returned": returned(item),
        "told": was_told(item),
        "read": reading_words(readings("news", [item.pk])[item.pk]) if item.published_at else "",
        "may_publish": may_publish(request),
        "may_change": may_change(request, item),
    }
    response = render(request, "news/preview.html", context)
    allow_frames(response, hosts_of([item.video] if item.video else []))
    return response


@item_view
def as_resident(request: HttpRequest, item: NewsItem) -> HttpResponse:
    """The public page, whole, of what may not be public yet."""
    site: Any = request.site
    response = render(request, "news/item.html", {**shown_item(item, site), "is_preview": True})
    allow_frames(response, hosts_of([item.video] if item.video else []))
    response["X-Robots-Tag"] = "noindex"
    return response


@item_view
def publish(request: HttpRequest, item: NewsItem) -> HttpResponse:
    if request.method != "POST" and not item.is_published:
        return _confirm(request, item, "publish", tell=None if was_told(item) else audience(actions.TOPIC))
    ticked = "tell" in request.POST
    if request.method == "POST" and (refused := _refused(request, item, partial(actions.publish, tell=ticked))):
        return refused
    return redirect("news-office:published", key=item.pk)


@item_view
def ask_validation(request: HttpRequest, item: NewsItem) -> HttpResponse:
    if request.method != "POST":
        return _confirm(request, item, "validate")
    if refused := _refused(request, item, actions.ask_validation):
        return refused
    messages.success(request, _("C’est envoyé : une personne qui publie va la relire."))
    return redirect("news-office:preview", key=item.pk)


@item_view
def send_back(request: HttpRequest, item: NewsItem) -> HttpResponse:
    """Give an item back to who wrote it, with a word of why."""
    if not item.is_to_validate and request.method != "POST":
        return redirect("news-office:preview", key=item.pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(key=item.pk, reason=form.cleaned_data["reason"], author=request.user)
        except ValidationError as error:
            form.add_error("reason", error.messages)
        else:
            messages.success(request, _("C’est rendu : la personne qui l’a écrite lira votre mot."))
            return redirect("news-office:preview", key=item.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "news/send_back.html", {"item": item, "form": form}, status=status)


@item_view
def unpublish(request: HttpRequest, item: NewsItem) -> HttpResponse:
    if request.method != "POST":
        if not (item.is_readable or item.is_scheduled or item.is_expired):
            return redirect("news-office:preview", key=item.pk)
        return _confirm(request, item, "unschedule" if item.is_scheduled else "unpublish")
    if refused := _refused(request, item, actions.unpublish):
        return refused
    if item.is_published:
        version = NewsItem.objects.values_list("version", flat=True).get(pk=item.pk)
        back = reverse("news-office:put-back", args=[item.pk])
        undo.offer(request, _("L’actualité n’est plus en ligne."), back, version=version)
    elif item.is_scheduled:
        messages.success(request, _("La parution est annulée."))
    else:
        messages.success(request, _("L’actualité est retirée."))
    return redirect("news-office:preview", key=item.pk)


@item_view
def archive(request: HttpRequest, item: NewsItem) -> HttpResponse:
    if request.method != "POST":
        return _confirm(request, item, "archive")
    if refused := _refused(request, item, actions.archive):
        return refused
    messages.success(request, _("C’est archivé : elle se lit encore à son adresse et dans les archives."))
    return redirect("news-office:preview", key=item.pk)


@never_cache
@require_POST
def put_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Undo a withdrawal."""
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        actions.put_back(key=key, version=version, author=request.user)
    except NewsItem.DoesNotExist as error:
        raise Http404(str(error)) from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("L’actualité est de nouveau en ligne."))
    return redirect("news-office:preview", key=key)


@item_view
def delete(request: HttpRequest, item: NewsItem) -> HttpResponse:
    if request.method != "POST" and item.is_draft:
        return _confirm(request, item, "delete")
    try:
        actions.delete_draft(key=item.pk, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("news-office:preview", key=item.pk)
    said = _("Le brouillon « %(title)s » est supprimé.") % {"title": Truncator(item.title).chars(60)}
    undo.offer(request, said, reverse("news-office:undelete", args=[item.pk]))
    return redirect("news-office:list")


@never_cache
@require_POST
def undelete(request: HttpRequest, key: UUID) -> HttpResponse:
    """Undo the deletion of a draft."""
    try:
        actions.undelete(key=key, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("news-office:list")
    messages.success(request, _("Le brouillon est repris."))
    return redirect("news-office:preview", key=key)


def _confirm(request: HttpRequest, item: NewsItem, act: str, **more: Any) -> HttpResponse:
    return render(request, "news/confirm.html", {"item": item, "act": act, **more})


def _refused(request: HttpRequest, item: NewsItem, act: Callable[..., NewsItem]) -> HttpResponse | None:
    """Do it; say why it cannot be done, on the item's page."""
    try:
        act(key=item.pk, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("news-office:preview", key=item.pk)
    return None


@item_view
def published(request: HttpRequest, item: NewsItem) -> HttpResponse:
    """What follows publishing: the address, and its code to open it on a phone."""
    if not item.is_published:
        return redirect("news-office:preview", key=item.pk)
    site: Any = request.site
    address = origin(site.host) + item.get_absolute_url()
    context = {
        "item": item,
        "address": address,
        "code": qr_code(with_channel(address, Channel.QR)),
        "here_only": site.host.endswith(".localhost"),
        "told": was_told(item),
    }
    return render(request, "news/published.html", context)


def qr_code(address: str) -> SafeString:
    """The address as an inline drawing, dark on white in both themes so that every phone reads it."""
    code = segno.make(address, error="m", micro=False)
    drawing: str = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="code", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from numbers
