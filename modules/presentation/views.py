"""The page about the commune, for its residents and for the mairie."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.web.french import capitalised
from core.web.plain_text import paragraphs
from modules.presentation import actions
from modules.presentation.actions import EditedMeanwhile
from modules.presentation.forms import LinkRows, PageForm, initial, initial_links, link_rows
from modules.presentation.models import CommunePage
from modules.presentation.queries import epci, links_of, page_or_first


def _facts(request: HttpRequest) -> Any:
    site: Any = request.site
    return site.commune


def _shown(page: CommunePage, links: Any) -> dict[str, Any]:
    return {
        "page": page,
        "links": links,
        "introduction": paragraphs(page.introduction),
        "history": paragraphs(page.history),
    }


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    facts = _facts(request)
    found = page_or_first(facts)
    known = {"epci": capitalised(epci(facts.epci_name)), "postal_codes": ", ".join(facts.postal_codes)}
    return render(request, "presentation/page.html", _shown(found, links_of(found)) | known)


@method_decorator(never_cache, name="dispatch")
class Editor(View):
    """The form of the page and its links. Saving it is publishing it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = page_or_first(_facts(request))
        return self.form(request, PageForm(initial=initial(found)), link_rows(initial=initial_links(found)), found)

    def post(self, request: HttpRequest) -> HttpResponse:
        form, rows = PageForm(request.POST), link_rows(request.POST)
        found = page_or_first(_facts(request))
        if not all((form.is_valid(), rows.is_valid())):
            return self.refused(request, form, rows, found)
        try:
            actions.revise(
                facts=_facts(request),
                version=form.version_read,
                content=form.content,
                links=rows.links,
                author=request.user,
            )
        except EditedMeanwhile as error:
            return self._overtaken(request, rows, error.page)
        except ValidationError as error:
            form.tell(error)
            return self.refused(request, form, rows, found)
        messages.success(request, _("C’est en ligne : les habitants lisent la nouvelle version."))
        return redirect("presentation-office:edit")

    def refused(self, request: HttpRequest, form: PageForm, rows: LinkRows, found: CommunePage) -> HttpResponse:
        """What was typed, and what to correct; links that were not even sent are those of the page."""
        lost = [] if rows.management_form.is_valid() else list(rows.non_form_errors())
        shown = link_rows(initial=initial_links(found)) if lost else rows
        return self.form(request, form, shown, found, status=422, lost=lost)

    def _overtaken(self, request: HttpRequest, rows: LinkRows, theirs: CommunePage) -> HttpResponse:
        """Somebody saved first: show theirs beside what was typed, ready to be sent again on top of it."""
        typed = request.POST.copy()
        typed["version"] = str(theirs.version)
        theirs_shown = _shown(theirs, links_of(theirs))
        return self.form(request, PageForm(typed), rows, theirs, status=409, theirs=theirs_shown)

    def form(
        self, request: HttpRequest, form: PageForm, rows: LinkRows, found: CommunePage, status: int = 200, **more: Any
    ) -> HttpResponse:
        edits = [] if found._state.adding else found.edits.select_related("author")[:5]
        context = {"form": form, "rows": rows, "page": found, "edits": edits, **more}
        return render(request, "presentation/form.html", context, status=status)


class Preview(Editor):
    """What the residents would read, above the form as it stands; nothing is saved."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("presentation-office:edit")

    def post(self, request: HttpRequest) -> HttpResponse:
        form, rows = PageForm(request.POST), link_rows(request.POST)
        found = page_or_first(_facts(request))
        if not all((form.is_valid(), rows.is_valid())):
            return self.refused(request, form, rows, found)
        actions.filled(found, form.content)
        return self.form(request, form, rows, found, preview=_shown(found, rows.links))
