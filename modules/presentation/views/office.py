"""The page about the commune, for the mairie."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from modules.presentation.actions.page import EditedMeanwhile, filled, revise
from modules.presentation.forms.links import LinkRows, initial_links, link_rows
from modules.presentation.forms.page import PageForm, initial
from modules.presentation.models import CommunePage
from modules.presentation.queries.links import links_of
from modules.presentation.queries.page import page_or_first
from modules.presentation.views.shown import facts_of, shown


@method_decorator(never_cache, name="dispatch")
class Editor(View):
    """The form of the page and its links. Saving it is publishing it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = page_or_first(facts_of(request))
        return self.form(request, PageForm(initial=initial(found)), link_rows(initial=initial_links(found)), found)

    def post(self, request: HttpRequest) -> HttpResponse:
        form, rows = PageForm(request.POST), link_rows(request.POST)
        found = page_or_first(facts_of(request))
        if not all((form.is_valid(), rows.is_valid())):
            return self.refused(request, form, rows, found)
        try:
            revise(
                facts=facts_of(request),
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
        theirs_shown = shown(theirs, links_of(theirs))
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
        found = page_or_first(facts_of(request))
        if not all((form.is_valid(), rows.is_valid())):
            return self.refused(request, form, rows, found)
        filled(found, form.content)
        return self.form(request, form, rows, found, preview=shown(found, rows.links))
