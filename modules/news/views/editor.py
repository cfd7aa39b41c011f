"""The form of an item."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from core.drafts.actions import drop
from core.tenancy.keys import uuid7
from modules.news import actions
from modules.news.actions import EditedMeanwhile, Then
from modules.news.forms import ItemForm, initial
from modules.news.models import NewsItem
from modules.news.queries import returned
from modules.news.views.office import may_change, may_publish


@method_decorator(never_cache, name="dispatch")
class ItemEditor(View):
    """The form of an item, new or known; `then` is what the pressed button asks."""

    then: str = Then.KEEP

    def get(self, request: HttpRequest, key: UUID | None = None) -> HttpResponse:
        if key is None:
            form = ItemForm(initial={"key": uuid7()}, author=request.user)
            return self._shown(request, form, None)
        item = get_object_or_404(NewsItem.objects.whole(), pk=key)
        if not may_change(request, item):
            messages.error(request, _("Demandez à une personne qui publie de corriger cette actualité."))
            return redirect("news-office:preview", key=item.pk)
        return self._shown(request, ItemForm(initial=initial(item), item=item, author=request.user), item)

    def post(self, request: HttpRequest, key: UUID | None = None) -> HttpResponse:
        item = _whole(key)
        if item is not None and not may_change(request, item):
            raise PermissionDenied
        form = self._form(request, item or _whole(_sent_key(request)))
        if key and item is None:
            return self._deleted(request, form)
        if not form.is_valid():
            return self._shown(request, form, item, status=422)
        try:
            saved = actions.submit(
                key=key or form.new_key,
                version=form.version_read if key else None,
                content=form.content,
                showing=form.showing,
                then=form.then,
                publish_at=form.moment,
                author=request.user,
            )
        except EditedMeanwhile as error:
            return self._overtaken(request, form, error.item)
        except NewsItem.DoesNotExist:
            return self._deleted(request, form)
        except ValidationError as error:
            form.say(error)
            return self._shown(request, form, item, status=422)
        drop(request.user, "news", _draft_key(request, key))
        return _after(request, saved, form.then)

    def _form(self, request: HttpRequest, item: NewsItem | None) -> ItemForm:
        """Of this item; `nouvelle` sent a second time is of the item that the first time made."""
        return ItemForm(request.POST, request.FILES, item=item, then=Then(self.then), author=request.user)

    def _overtaken(self, request: HttpRequest, form: ItemForm, theirs: NewsItem) -> HttpResponse:
        """Somebody saved first: show theirs beside what was typed, ready to be sent again on top of it."""
        theirs = NewsItem.objects.whole().get(pk=theirs.pk)
        typed = request.POST.copy()
        typed["version"] = str(theirs.version)
        form.data = typed
        return self._shown(request, form, theirs, status=409, theirs=theirs)

    def _deleted(self, request: HttpRequest, form: ItemForm) -> HttpResponse:
        """Somebody deleted the draft: what was typed comes back as a new one."""
        form.full_clean()  # what was sent with it is kept, to be sent again
        typed = request.POST.copy()
        typed["key"] = str(uuid7())
        form.data = typed
        return self._shown(request, form, None, status=404, deleted=True)

    def _shown(
        self, request: HttpRequest, form: ItemForm, item: NewsItem | None, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {
            "form": form,
            "item": item,
            "may_publish": may_publish(request),
            "returned": returned(item) if item else None,
            "draft": _draft_key(request, item.pk if item else None),
            **more,
        }
        return render(request, "news/form.html", context, status=status)


def _draft_key(request: HttpRequest, key: UUID | None) -> UUID:
    """Under which what is typed is kept: a new item has none yet that its page will show again."""
    user: Any = request.user
    return key or user.pk


def _whole(key: UUID | None) -> NewsItem | None:
    found: NewsItem | None = NewsItem.objects.whole().filter(pk=key).first() if key else None
    return found


def _sent_key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _after(request: HttpRequest, item: NewsItem, then: Then) -> HttpResponse:
    if then is Then.PUBLISH:
        return redirect("news-office:published", key=item.pk)
    if then is Then.SCHEDULE:
        messages.success(request, _("La parution est programmée."))
    elif then is Then.VALIDATE:
        messages.success(request, _("C’est envoyé : une personne qui publie va la relire."))
    elif item.is_readable:
        messages.success(request, _("C’est corrigé : les habitants lisent la nouvelle version."))
    else:
        messages.success(request, _("C’est enregistré."))
    return redirect("news-office:preview", key=item.pk)
