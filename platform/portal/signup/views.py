"""The six pages of an opening, and the two texts that one of them has accepted."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.access import anyone
from core.web.french import typographic
from portal.limits import too_many_codes, too_many_openings, too_many_tries
from portal.pricing import priced
from portal.signup import actions, gate
from portal.signup.actions import Answer, Finished
from portal.signup.codes import too_many_sent
from portal.signup.cookie import current, remember
from portal.signup.forms import CodeForm, ModulesForm, PersonForm, QuestionsForm, TermsForm
from portal.signup.proposals import choices, labels
from portal.signup.steps import SignupStep, reached
from portal.signup.terms import VERSION, words
from portal.views import Row, typed
from tenants.directory.search import matching, resembling, shown
from tenants.models import Commune, Signup
from tenants.official import official_mailbox

PER_PAGE, GUESSES = 10, 6
TOO_MANY = _("Trop de demandes à la suite. Attendez une heure, puis réessayez : ce que vous avez saisi est gardé.")
MISTAKES = {
    Answer.WRONG: _("Ce code n’est pas le bon. Recopiez celui du dernier e-mail reçu."),
    Answer.EXPIRED: _("Ce code n’est plus valable. Demandez-en un nouveau ci-dessous."),
    Answer.USED_UP: _("Trop d’essais : ce code ne vaut plus rien. Demandez-en un nouveau ci-dessous."),
}


@anyone
@require_safe
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Find my mairie, a mistyped name being guessed; an opening left on the way is offered first."""
    query = typed(request)
    page = Paginator(matching(query).select_related("space"), PER_PAGE).get_page(request.GET.get("page"))
    guessed = not page.paginator.count
    rows = resembling(query, limit=GUESSES) if guessed else page.object_list
    context = {
        "q": query,
        "page": page,
        "rows": [Row.of(shown(row)) for row in rows],
        "guessed": guessed,
        "query": urlencode({"q": query}) + "&",
        "step": int(SignupStep.COMMUNE),
        "steps": len(SignupStep),
    }
    begun = current(request)
    if begun is not None and begun.completed_at is None and not hasattr(begun.commune, "space"):
        go_on = reached(begun).url(begun.commune_id)
        context |= {"begun_name": typographic(begun.commune.name), "go_on": go_on}
    return render(request, "portal/signup/commune.html", context)


@gate.page
def questions(request: HttpRequest, insee: str) -> HttpResponse:
    """Three questions about the mairie. Nothing is kept before they are answered."""
    commune = get_object_or_404(Commune.objects.select_related("space"), pk=insee)
    begun = current(request)
    if hasattr(commune, "space"):
        if begun is not None and begun.space_id == commune.space.pk:
            return gate.finished(request, begun)
        return gate.taken(request, commune)
    resumed = begun if begun and begun.commune_id == insee and begun.completed_at is None else None
    initial = {"team": resumed.team, "hours": resumed.hours, "want": resumed.want} if resumed else {}
    form = QuestionsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and not (resumed is None and _refused(form, too_many_openings(request))):
        try:
            signup = actions.begin(commune, resumed=resumed, **form.cleaned_data)
        except (Finished, Signup.DoesNotExist):
            return redirect("signup_questions", insee)
        response = redirect("signup_modules")
        remember(response, signup)
        return response
    signup = resumed or Signup(commune=commune)
    prices = priced(commune, [manifest.slug for manifest in settings.CATALOGUE])
    return gate.shown(request, SignupStep.QUESTIONS, signup, _status(form), form=form, prices=prices)


@gate.at(SignupStep.MODULES)
def modules(request: HttpRequest, signup: Signup) -> HttpResponse:
    """What suits the answers, with the reason; anything may be changed."""
    catalogue = settings.CATALOGUE
    rows = choices(catalogue, want=signup.want, team=signup.team or 0, hours=signup.hours or 0)
    posted = request.POST if request.method == "POST" else None
    form = ModulesForm(catalogue, posted)
    if posted is not None and "calculer" not in posted and form.is_valid():
        actions.choose_modules(signup.pk, form.cleaned_data["modules"])
        return redirect("signup_person")
    proposed = [row.manifest.slug for row in rows if row.proposed]
    checked = posted.getlist("modules") if posted is not None else signup.modules or proposed
    context = {"form": form, "rows": rows, "checked": checked, "prices": priced(signup.commune, checked)}
    return gate.shown(request, SignupStep.MODULES, signup, _status(form), **context)


@gate.at(SignupStep.PERSON)
def person(request: HttpRequest, signup: Signup) -> HttpResponse:
    """Who opens, and in what capacity."""
    initial = {"name": signup.name, "capacity": signup.capacity, "email": signup.email}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.introduce(signup.pk, **form.cleaned_data)
        return redirect("signup_terms")
    official = official_mailbox(signup.commune)
    return gate.shown(request, SignupStep.PERSON, signup, _status(form), form=form, official=official)


@gate.at(SignupStep.TERMS)
def terms(request: HttpRequest, signup: Signup) -> HttpResponse:
    """Both texts, accepted by name; then the code leaves."""
    form = TermsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and not _refused(form, too_many_codes(request, signup.email)):
        actions.accept_terms(signup.pk)
        return redirect("signup_code")
    chosen = labels(settings.CATALOGUE, signup.modules)
    return gate.shown(request, SignupStep.TERMS, signup, _status(form), form=form, chosen=chosen, **words())


@gate.at(SignupStep.CODE)
def code(request: HttpRequest, signup: Signup) -> HttpResponse:
    """The code, or another one; the right one opens the space and leads there."""
    if "renvoyer" in request.POST:
        if too_many_codes(request, signup.email):
            return _code_page(request, signup, CodeForm(), 429, too_many_sent=True)
        actions.send_again(signup.pk)
        return redirect(reverse("signup_code") + "?envoye=1")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and not _refused(form, too_many_tries(request)):
        outcome = actions.confirm(signup.pk, form.cleaned_data["code"])
        if outcome.answer is Answer.OPENED:
            return gate.may_lead_to(redirect(outcome.landing), signup.commune)
        if outcome.answer is Answer.TAKEN:
            return gate.taken(request, signup.commune)
        if outcome.answer not in MISTAKES:
            return redirect("signup_code")
        form.add_error("code", MISTAKES[outcome.answer])
    return _code_page(request, signup, form, _status(form))


def _code_page(request: HttpRequest, signup: Signup, form: CodeForm, status: int, **context: Any) -> HttpResponse:
    if signup.space is not None:
        return gate.finished(request, signup)
    full = {
        "form": form,
        "minutes": settings.SIGNUP_CODE_MINUTES,
        "sent_again": "envoye" in request.GET,
        "too_many_sent": too_many_sent(signup),
        **context,
    }
    return gate.may_lead_to(gate.shown(request, SignupStep.CODE, signup, status, **full), signup.commune)


@anyone
@require_safe
def terms_of_use(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Conditions d’utilisation"), **words()}
    return render(request, f"portal/terms/{VERSION}/conditions.html", context)


@anyone
@require_safe
def processing_contract(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Contrat de sous-traitance des données personnelles"), **words()}
    return render(request, f"portal/terms/{VERSION}/processing.html", context)


def _refused(form: Form, too_many: bool) -> bool:
    """Say on the form that too much was asked, when it was."""
    if too_many:
        form.add_error(None, ValidationError(TOO_MANY, code="throttled"))
    return too_many


def _status(form: Form) -> int:
    if not form.is_bound or form.is_valid():
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, "throttled") else 422
