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
from modules.presentation.forms.page import PageForm, initial
from modules.presentation.models import CommunePage
from modules.presentation.queries.page import page_or_first
from modules.presentation.views.shown import facts_of, shown


@method_decorator(never_cache, name="dispatch")
class Editor(View):
    """The form of the page. Saving it is publishing it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = page_or_first(facts_of(request))
        return self.form(request, PageForm(initial=initial(found)), found)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PageForm(request.POST)
        found = page_or_first(facts_of(request))
        if not form.is_valid():
            return self.form(request, form, found, status=422)
        try:
            revise(
                facts=facts_of(request),
                version=form.version_read,
                content=form.content,
                author=request.user,
            )
        except EditedMeanwhile as error:
            return self._overtaken(request, error.page)
        except ValidationError as error:
            form.tell(error)
            return self.form(request, form, found, status=422)
        messages.success(request, _("C’est en ligne : les habitants lisent la nouvelle version."))
        return redirect("presentation-office:edit")

    def _overtaken(self, request: HttpRequest, theirs: CommunePage) -> HttpResponse:
        """Somebody saved first: show theirs beside what was typed, ready to be sent again on top of it."""
        typed = request.POST.copy()
        typed["version"] = str(theirs.version)
        return self.form(request, PageForm(typed), theirs, status=409, theirs=shown(theirs))

    def form(
        self, request: HttpRequest, form: PageForm, found: CommunePage, status: int = 200, **more: Any
    ) -> HttpResponse:
        edits = [] if found._state.adding else found.edits.select_related("author")[:5]
        context = {"form": form, "page": found, "edits": edits, **more}
        return render(request, "presentation/form.html", context, status=status)


class Preview(Editor):
    """What the residents would read, above the form as it stands; nothing is saved."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("presentation-office:edit")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PageForm(request.POST)
        found = page_or_first(facts_of(request))
        if not form.is_valid():
            return self.form(request, form, found, status=422)
        filled(found, form.content)
        return self.form(request, form, found, preview=shown(found))
