"""What the mairie writes with."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.tenancy.keys import uuid7
from core.web.plain_text import paragraphs
from modules.news import actions
from modules.news.actions import EditedMeanwhile, Then
from modules.news.forms import ItemForm, Tab, initial
from modules.news.models import NewsItem
from modules.news.queries import TABS, counts, history, office_page
from tenants.hosts import origin

ItemView = Callable[[HttpRequest, NewsItem], HttpResponse]


def item_view(view: ItemView) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A view of one item: shown, and acted on by its form. An item that goes meanwhile is not found."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def found(request: HttpRequest, key: UUID) -> HttpResponse:
        try:
            return view(request, _item(key))
        except NewsItem.DoesNotExist as error:
            raise Http404(str(error)) from error

    return found


def _item(key: UUID) -> NewsItem:
    return NewsItem.objects.select_related("picture", "author").get(pk=key)


@never_cache
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    tab = Tab(request.GET)
    held = counts()
    words = urlencode({"q": tab.words}) if tab.words else ""
    context = {
        "page": office_page(tab.state, tab.words, request.GET.get("page"), held),
        "tabs": [(value, label, held.get(value, 0)) for value, label in TABS],
        "state": tab.state,
        "words": tab.words,
        "kept_words": f"&{words}" if words else "",
        "query": f"{urlencode({name: value for name, value in tab.cleaned_data.items() if value})}&",
    }
    return render(request, "news/office_list.html", context)


@method_decorator(never_cache, name="dispatch")
class ItemEditor(View):
    """The form of an item, new or known; `then` is what the pressed button asks."""

    then: str = Then.KEEP

    def get(self, request: HttpRequest, key: UUID | None = None) -> HttpResponse:
        if key is None:
            return self._shown(request, ItemForm(initial={"key": uuid7()}), None)
        item = get_object_or_404(NewsItem.objects.select_related("picture"), pk=key)
        if not may_change(request, item):
            messages.error(request, _("Demandez à une personne qui publie de corriger cette actualité."))
            return redirect("news-office:preview", key=item.pk)
        return self._shown(request, ItemForm(initial=initial(item), item=item), item)

    def post(self, request: HttpRequest, key: UUID | None = None) -> HttpResponse:
        item = NewsItem.objects.select_related("picture").filter(pk=key).first() if key else None
        if item is not None and not may_change(request, item):
            raise PermissionDenied
        form = ItemForm(request.POST, request.FILES, item=item, then=Then(self.then))
        if key and item is None:
            return self._deleted(request)
        if not form.is_valid():
            return self._shown(request, form, item, status=422)
        try:
            saved = actions.submit(
                key=key or form.new_key,
                version=form.version_read if key else None,
                content=form.content,
                then=form.then,
                publish_at=form.moment,
                author=request.user,
            )
        except EditedMeanwhile as error:
            return self._overtaken(request, error.item)
        except NewsItem.DoesNotExist:
            return self._deleted(request)
        except ValidationError as error:
            form.tell(error)
            return self._shown(request, form, item, status=422)
        return _after(request, saved, form.then)

    def _overtaken(self, request: HttpRequest, theirs: NewsItem) -> HttpResponse:
        """Somebody saved first: show theirs beside what was typed, ready to be sent again on top of it."""
        typed = request.POST.copy()
        typed["version"] = str(theirs.version)
        form = ItemForm(typed, item=theirs, then=Then(self.then))
        more = {"theirs": theirs, "their_paragraphs": paragraphs(theirs.body), "had_file": bool(request.FILES)}
        return self._shown(request, form, theirs, status=409, **more)

    def _deleted(self, request: HttpRequest) -> HttpResponse:
        """Somebody deleted the draft: what was typed comes back as a new one."""
        typed = request.POST.copy()
        typed["key"] = str(uuid7())
        form = ItemForm(typed, then=Then(self.then))
        return self._shown(request, form, None, status=404, deleted=True, had_file=bool(request.FILES))

    def _shown(
        self, request: HttpRequest, form: ItemForm, item: NewsItem | None, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {"form": form, "item": item, "may_publish": may_publish(request), **more}
        return render(request, "news/form.html", context, status=status)


def may_change(request: HttpRequest, item: NewsItem) -> bool:
    """What is public, or will be at its time, is changed by whoever may publish."""
    return not (item.is_published or item.is_scheduled) or may_publish(request)


def may_publish(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm("news.publish"))


def _after(request: HttpRequest, item: NewsItem, then: Then) -> HttpResponse:
    if then is Then.PUBLISH:
        return redirect("news-office:published", key=item.pk)
    if then is Then.SCHEDULE:
        messages.success(request, _("La parution est programmée."))
    elif item.is_published:
        messages.success(request, _("C’est en ligne : les habitants lisent la nouvelle version."))
    else:
        messages.success(request, _("C’est enregistré."))
    return redirect("news-office:preview", key=item.pk)


@item_view
def preview(request: HttpRequest, item: NewsItem) -> HttpResponse:
    site: Any = request.site
    context = {
        "item": item,
        "paragraphs": paragraphs(item.body),
        "history": history(item),
        "options": site.space.options["news"],
        "may_publish": may_publish(request),
    }
    return render(request, "news/preview.html", context)


@item_view
def publish(request: HttpRequest, item: NewsItem) -> HttpResponse:
    if request.method != "POST" and not item.is_published:
        return render(request, "news/confirm.html", {"item": item, "act": "publish"})
    if request.method == "POST":
        actions.publish(key=item.pk, author=request.user)
    return redirect("news-office:published", key=item.pk)


@item_view
def unpublish(request: HttpRequest, item: NewsItem) -> HttpResponse:
    if not item.is_published and not item.is_scheduled:
        return redirect("news-office:preview", key=item.pk)
    if request.method != "POST":
        act = "unpublish" if item.is_published else "unschedule"
        return render(request, "news/confirm.html", {"item": item, "act": act})
    actions.unpublish(key=item.pk, author=request.user)
    said = _("L’actualité n’est plus en ligne.") if item.is_published else _("La parution est annulée.")
    messages.success(request, said)
    return redirect("news-office:preview", key=item.pk)


@item_view
def delete(request: HttpRequest, item: NewsItem) -> HttpResponse:
    if request.method != "POST" and item.is_draft:
        return render(request, "news/confirm.html", {"item": item, "act": "delete"})
    try:
        actions.delete_draft(key=item.pk, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("news-office:preview", key=item.pk)
    said = _("Le brouillon « %(title)s » est supprimé.") % {"title": Truncator(item.title).chars(60)}
    messages.success(request, said)
    return redirect("news-office:list")


@item_view
def published(request: HttpRequest, item: NewsItem) -> HttpResponse:
    """What follows publishing: the address, and its code to open it on a phone."""
    if not item.is_published:
        return redirect("news-office:preview", key=item.pk)
    site: Any = request.site
    address = origin(site.host) + item.get_absolute_url()
    here_only = site.host.endswith(".localhost")
    context = {"item": item, "address": address, "code": qr_code(address), "here_only": here_only}
    return render(request, "news/published.html", context)


def qr_code(address: str) -> SafeString:
    """The address as an inline drawing, dark on white in both themes so that every phone reads it."""
    code = segno.make(address, error="m", micro=False)
    drawing: str = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="code", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from numbers
