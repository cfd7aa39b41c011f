"""Pages of the news. Who may enter is declared in `urls`; that the module is on, by the gate."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_http_methods, require_safe

from modules.news import actions
from modules.news.actions import EditedMeanwhile, Then
from modules.news.forms import ItemForm, Tab, initial
from modules.news.models import NewsItem, Theme
from modules.news.queries import TABS, counts, office_page, public_page, themes_in_use
from tenants.hosts import origin

form_or_act = require_http_methods(["GET", "HEAD", "POST"])


# -- Residents


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    theme = request.GET.get("theme", "")
    theme = theme if theme in Theme.values else ""
    used = themes_in_use()
    context = {
        "page": public_page(theme, request.GET.get("page")),
        "theme": theme,
        "themes": [each for each in Theme if each.value in used or each.value == theme],
        "query": f"theme={theme}" if theme else "",
    }
    return render(request, "news/list.html", context)


@require_safe
def item_page(request: HttpRequest, key: UUID) -> HttpResponse:
    item = get_object_or_404(NewsItem.objects.visible().select_related("picture"), pk=key)
    return render(request, "news/item.html", {"item": item, "paragraphs": paragraphs(item)})


def paragraphs(item: NewsItem) -> list[SafeString]:
    """The body's paragraphs as HTML: escaped, with their links and line breaks."""
    blocks = (block.strip() for block in item.body.split("\n\n"))
    linked = (urlize(block, nofollow=True, autoescape=True).replace("\n", "<br>") for block in blocks if block)
    return [mark_safe(block) for block in linked]  # noqa: S308 - urlize escaped it


class AtomFeed(Feed):  # type: ignore[type-arg]
    """The latest news, for feed readers and other sites."""

    feed_type = Atom1Feed
    language = "fr"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return request.site

    def title(self, site: Any) -> str:
        return _("Actualités de %(name)s") % {"name": site.commune.name}

    def link(self, site: Any) -> str:
        return f"{origin(site.host)}/actualites/"

    def feed_url(self, site: Any) -> str:
        return f"{origin(site.host)}/actualites/fil.atom"

    def feed_guid(self, site: Any) -> str:
        return f"urn:uuid:{site.space.id}"

    def author_name(self, site: Any) -> str:
        return _("Mairie de %(name)s") % {"name": site.commune.name}

    def items(self, site: Any) -> list[NewsItem]:
        return list(NewsItem.objects.visible().defer("vector").newest_first()[:20])

    def item_title(self, item: NewsItem) -> str:
        return item.title

    def item_description(self, item: NewsItem) -> str:
        return item.summary

    def item_link(self, item: NewsItem) -> str:
        return item.get_absolute_url()

    def item_guid(self, item: NewsItem) -> str:
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: NewsItem) -> Any:
        return item.published_at

    def item_updateddate(self, item: NewsItem) -> Any:
        return item.updated_at

    def item_categories(self, item: NewsItem) -> list[str]:
        return [item.get_theme_display()]


# -- The mairie


@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    tab = Tab(request.GET)
    held = counts()
    context = {
        "page": office_page(tab.state, tab.words, request.GET.get("page")),
        "tabs": [(value, label, held.get(value, 0)) for value, label in TABS],
        "state": tab.state,
        "words": tab.words,
        "query": urlencode({name: value for name, value in tab.cleaned_data.items() if value}),
    }
    return render(request, "news/office_list.html", context)


class ItemEditor(View):
    """The form of an item, new or known; `then` is what the pressed button asks."""

    then: str = Then.KEEP

    def get(self, request: HttpRequest, key: UUID | None = None) -> HttpResponse:
        if key is None:
            return self._shown(request, ItemForm(), None)
        item = _item(key)
        return self._shown(request, ItemForm(initial=initial(item), item=item), item)

    def post(self, request: HttpRequest, key: UUID | None = None) -> HttpResponse:
        item = _item(key) if key else None
        form = ItemForm(request.POST, request.FILES, item=item)
        if not form.is_valid():
            return self._shown(request, form, item, status=422)
        try:
            saved = actions.submit(
                key=key,
                version=form.cleaned_data["version"],
                content=form.content,
                then=Then(self.then),
                publish_at=form.moment,
                author=request.user,
            )
        except EditedMeanwhile as error:
            return self._overtaken(request, error.item)
        except ValidationError as error:
            form.add_error(None, error)
            return self._shown(request, form, item, status=422)
        return _after(request, saved, self.then)

    def _overtaken(self, request: HttpRequest, theirs: NewsItem) -> HttpResponse:
        """Somebody saved first: show theirs beside what was typed, ready to be sent again on top of it."""
        typed = request.POST.copy()
        typed["version"] = str(theirs.version)
        form = ItemForm(typed, item=theirs)
        return self._shown(request, form, theirs, status=409, theirs=theirs, had_file=bool(request.FILES))

    def _shown(
        self, request: HttpRequest, form: ItemForm, item: NewsItem | None, status: int = 200, **more: Any
    ) -> HttpResponse:
        return render(request, "news/form.html", {"form": form, "item": item, **more}, status=status)


def _after(request: HttpRequest, item: NewsItem, then: str) -> HttpResponse:
    if then == Then.PUBLISH:
        return redirect("news-office:published", key=item.pk)
    messages.success(request, _("La parution est programmée.") if then == Then.SCHEDULE else _("C’est enregistré."))
    return redirect("news-office:preview", key=item.pk)


@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    item = _item(key)
    history = item.publications.select_related("author", "ended_by").order_by("-published_at")[:10]
    context = {"item": item, "paragraphs": paragraphs(item), "history": history}
    return render(request, "news/preview.html", context)


@form_or_act
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    item = _item(key)
    if request.method != "POST":
        return render(request, "news/confirm.html", {"item": item, "act": "publish"})
    actions.publish(key=item.pk, author=request.user)
    return redirect("news-office:published", key=item.pk)


@form_or_act
def unpublish(request: HttpRequest, key: UUID) -> HttpResponse:
    item = _item(key)
    if request.method != "POST":
        return render(request, "news/confirm.html", {"item": item, "act": "unpublish"})
    done = actions.unpublish(key=item.pk, author=request.user)
    messages.success(request, _("La parution est annulée.") if done.is_draft else _("L’actualité n’est plus en ligne."))
    return redirect("news-office:preview", key=item.pk)


@form_or_act
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    item = _item(key)
    if request.method != "POST":
        return render(request, "news/confirm.html", {"item": item, "act": "delete"})
    try:
        actions.delete_draft(key=item.pk, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("news-office:preview", key=item.pk)
    messages.success(
        request, _("Le brouillon « %(title)s » est supprimé.") % {"title": Truncator(item.title).chars(60)}
    )
    return redirect("news-office:list")


@require_safe
def published(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """What follows publishing: the address, and its code to open it on a phone."""
    item = _item(key)
    if not item.is_published:
        return redirect("news-office:preview", key=item.pk)
    site: Any = request.site
    address = origin(site.host) + item.get_absolute_url()
    return render(request, "news/published.html", {"item": item, "address": address, "code": qr_code(address)})


def qr_code(address: str) -> SafeString:
    """The address as an inline drawing, dark on white in both themes so that every phone reads it."""
    code = segno.make(address, error="m", micro=False)
    drawing: str = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="code", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from numbers


def _item(key: UUID) -> NewsItem:
    return get_object_or_404(NewsItem.objects.select_related("picture", "author"), pk=key)
