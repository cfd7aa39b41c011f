"""The page about the commune, for its residents and for the mairie."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from modules.presentation import actions
from modules.presentation.actions import EditedMeanwhile
from modules.presentation.forms import LinkFormSet, PageForm, initial, initial_links
from modules.presentation.models import CommunePage
from modules.presentation.queries import page_or_first


def paragraphs(text: str) -> list[SafeString]:
    """A text's paragraphs as HTML: escaped, with their links and line breaks."""
    blocks = (block.strip() for block in text.split("\n\n"))
    linked = (urlize(block, nofollow=True, autoescape=True).replace("\n", "<br>") for block in blocks if block)
    return [mark_safe(block) for block in linked]  # noqa: S308 - urlize escaped it


def _facts(request: HttpRequest) -> Any:
    return request.site.commune  # type: ignore[attr-defined]


def _shown(page: CommunePage, links: Any) -> dict[str, Any]:
    return {
        "page": page,
        "links": links,
        "introduction": paragraphs(page.introduction),
        "history": paragraphs(page.history),
    }


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    found = page_or_first(_facts(request))
    return render(request, "presentation/page.html", _shown(found, _links(found)))


def _links(found: CommunePage) -> list[Any]:
    return [] if found._state.adding else list(found.links.all())


class Editor(View):
    """The form of the page and its links. Saving it is publishing it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = page_or_first(_facts(request))
        rows = LinkFormSet(initial=initial_links(found), prefix="links")
        return self._form(request, PageForm(initial=initial(found)), rows, found)

    def post(self, request: HttpRequest) -> HttpResponse:
        form, rows = PageForm(request.POST), LinkFormSet(request.POST, prefix="links")
        found = page_or_first(_facts(request))
        if not all((form.is_valid(), rows.is_valid())):
            return self._form(request, form, rows, found, status=422)
        try:
            actions.revise(
                facts=_facts(request),
                version=form.cleaned_data["version"],
                content=form.content,
                links=rows.links,
                author=request.user,
            )
        except EditedMeanwhile as error:
            return self._overtaken(request, rows, error.page)
        except ValidationError as error:
            form.add_error(None, error)
            return self._form(request, form, rows, found, status=422)
        messages.success(request, _("C’est en ligne : les habitants lisent la nouvelle version."))
        return redirect("presentation-office:edit")

    def _overtaken(self, request: HttpRequest, rows: Any, theirs: CommunePage) -> HttpResponse:
        """Somebody saved first: show theirs beside what was typed, ready to be sent again on top of it."""
        typed = request.POST.copy()
        typed["version"] = str(theirs.version)
        return self._form(request, PageForm(typed), rows, theirs, status=409, theirs=theirs)

    def _form(
        self, request: HttpRequest, form: PageForm, rows: Any, found: CommunePage, status: int = 200, **more: Any
    ) -> HttpResponse:
        edits = [] if found._state.adding else found.edits.select_related("author")[:5]
        context = {"form": form, "rows": rows, "page": found, "edits": edits, **more}
        return render(request, "presentation/form.html", context, status=status)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What the residents would read, from the form as it stands; nothing is saved."""
    form, rows = PageForm(request.POST), LinkFormSet(request.POST, prefix="links")
    found = page_or_first(_facts(request))
    if not all((form.is_valid(), rows.is_valid())):
        return render(
            request, "presentation/form.html", {"form": form, "rows": rows, "page": found, "edits": []}, status=422
        )
    actions.filled(found, form.content)
    return render(request, "presentation/preview.html", _shown(found, rows.links))
