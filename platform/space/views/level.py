"""One's own residency level: what it allows, asking for a letter, typing its code."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from core.accounts.levels import Level
from core.accounts.models import ResidencyLetter, User
from core.accounts.residency import LetterRefused, Outcome, Refusal, ask_letter, take_back_letter, use_code
from space.level_forms import CodeForm, LetterForm
from space.levels import LABELS, MEANINGS
from space.views.posts import form_of

REFUSALS = {
    Refusal.PROVED: gettext_lazy("Votre domicile est déjà vérifié : aucun courrier n’est utile."),
    Refusal.WAITING: gettext_lazy("Un courrier est déjà demandé : attendez-le, ou annulez votre demande."),
    Refusal.TOO_MANY: gettext_lazy("Trois courriers en deux mois : passez plutôt à la mairie avec un justificatif."),
}
WRONG = {
    Outcome.WRONG: gettext_lazy("Ce code n’est pas celui du dernier courrier. Vérifiez chaque lettre."),
    Outcome.SPENT: gettext_lazy(
        "Cinq essais : ce code ne vaut plus. Demandez un autre courrier, ou passez à la mairie."
    ),
    Outcome.NONE: gettext_lazy("Aucun courrier n’attend votre code. Demandez-en un."),
}


@never_cache
def level(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code=form, status=422)
    outcome = use_code(cast(User, request.user), form.cleaned_data["code"])
    if outcome is Outcome.RIGHT:
        messages.success(request, _("Merci : votre domicile est vérifié."))
        return redirect("space:level")
    form.add_error("code", str(WRONG[outcome]))
    return _page(request, code=form, status=422)


@form_of("space:level")
def ask(request: HttpRequest) -> HttpResponse:
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, letter=form, status=422)
    try:
        ask_letter(cast(User, request.user), **form.cleaned_data)
    except LetterRefused as refusal:
        said = str(REFUSALS[refusal.refusal])
        if refusal.refusal is Refusal.PROVED:
            messages.error(request, said)
            return redirect("space:level")
        form.add_error(None, said)
        return _page(request, letter=form, status=409)
    messages.success(request, _("C’est noté : la mairie va vous poster un code."))
    return redirect("space:level")


@form_of("space:level")
def take_back(request: HttpRequest) -> HttpResponse:
    take_back_letter(cast(User, request.user))
    messages.success(request, _("Votre demande est annulée et votre adresse postale est effacée."))
    return redirect("space:level")


def _page(
    request: HttpRequest, *, code: CodeForm | None = None, letter: LetterForm | None = None, status: int = 200
) -> HttpResponse:
    user = cast(User, request.user)
    held = user.proofs.order_by("-since").first()
    context = {
        "level": LABELS[user.level],
        "meaning": MEANINGS[user.level],
        "proved": user.level >= Level.N2,
        "proof": held,
        "letter": ResidencyLetter.objects.waiting().filter(user=user).first(),
        "code_form": code or CodeForm(),
        "letter_form": letter or LetterForm(initial={"name": user.name}),
        "refused": letter is not None,
        "typed": code is not None,
    }
    return render(request, "space/level.html", context, status=status)
