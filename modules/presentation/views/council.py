"""A new council in one go: paste, read what was understood, replace."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from core.drafts.actions import drop
from core.web.meanwhile import ChangedMeanwhile, digest, read_of
from core.web.templatetags.web import plural
from modules.presentation.actions.terms import renew, team_state
from modules.presentation.forms.team import CouncilForm
from modules.presentation.models import Member
from modules.presentation.views.drafts import draft_of
from modules.presentation.views.listed import author


@method_decorator(never_cache, name="dispatch")
class Council(View):
    """Nothing is replaced before the list was read back: the first button checks, the second replaces."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, CouncilForm(), read=digest(team_state()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CouncilForm(request.POST, request.FILES)
        read = read_of(request) or ""
        if not form.is_whole:
            return self.show(request, form, status=422, read=read)
        if request.POST.get("faire") != "remplacer":
            return self.show(request, form, read=read, checked=True)
        try:
            renew(people=form.people, began_on=form.cleaned_data["began_on"], author=author(request), read=read)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(request, form, status=422, read=read)
        except ChangedMeanwhile:
            return self.show(request, form, status=409, read=digest(team_state()), checked=True, changed=True)
        drop(request.user, *draft_of(request, "council"))
        people = plural(len(form.people), _("personne"), _("personnes"))
        messages.success(request, _("C’est en ligne : l’équipe compte %(people)s.") % {"people": people})
        return redirect("presentation-office:team")

    def show(self, request: HttpRequest, form: CouncilForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """The form again, with the text of a file in the box: it can be mended there, and is not sent twice."""
        people, wrong = getattr(form, "people", []), getattr(form, "wrong", [])
        if form.is_bound and form.cleaned_data.get("text"):
            form.data = {**form.data.dict(), "text": form.cleaned_data["text"]}  # type: ignore[attr-defined]
        context = {"form": form, "people": people, "wrong": wrong, "now": Member.objects.current().count()}
        context |= {"draft": draft_of(request, "council"), **more}
        return render(request, "presentation/council.html", context, status=status)
