"""A commune's account: where it stands, all its papers, and what the operator may do."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from billing.actions.entitling import account_of
from billing.actions.invoicing import NotThis
from billing.models import Account as Payer
from billing.models import Grant, Invoice
from billing.papers import PaperError, valid_siret
from billing.queries.money import outstanding
from console import subscribing
from console.account import Account, account_page, found_commune
from console.subscription_forms import CancelForm, EndForm, GrantForm, PayerForm, PaymentForm
from core.accounts.models import User
from core.web.french import typographic
from tenants.models import Commune


@never_cache
def subscription(request: HttpRequest, insee: str) -> HttpResponse:
    return _page(request, Account.of(found_commune(insee)))


def grant(request: HttpRequest, insee: str) -> HttpResponse:
    account = Account.of(found_commune(insee))
    if request.method != "POST" or account.space is None:
        return redirect("console:subscription", insee)
    form = GrantForm(request.POST, today=account.today)
    if not form.is_valid():
        return _page(request, account, {"grant": form}, 422)
    given = subscribing.grant(space=account.space, author=cast(User, request.user), **form.cleaned_data)
    if given:
        messages.success(request, _("C’est fait : la commune peut allumer ce module dès maintenant."))
    else:
        messages.info(request, _("Ce module était déjà offert : rien n’a changé."))
    return redirect("console:subscription", insee)


def withdraw(request: HttpRequest, insee: str) -> HttpResponse:
    account = Account.of(found_commune(insee))
    if request.method == "POST" and account.space is not None:
        try:
            key = UUID(request.POST.get("grant", ""))
            done = subscribing.take_back(key=key, space=account.space, author=cast(User, request.user))
        except (ValueError, Grant.DoesNotExist) as error:
            raise Http404 from error
        if done:
            messages.success(request, _("Ce module n’est plus offert. Ce qu’il contient est gardé."))
        else:
            messages.info(request, _("Ce module n’était déjà plus offert : rien n’a changé."))
    return redirect("console:subscription", insee)


def pay(request: HttpRequest, insee: str) -> HttpResponse:
    account = Account.of(found_commune(insee))
    if request.method != "POST":
        return redirect("console:subscription", insee)
    form = PaymentForm(request.POST, invoices=account.payable(), today=account.supplier_day)
    if form.is_valid() and _paid(request, account, form):
        return redirect("console:subscription", insee)
    return _page(request, account, {"payment": form}, 422)


def _paid(request: HttpRequest, account: Account, form: PaymentForm) -> bool:
    said = form.cleaned_data
    try:
        new = subscribing.pay(
            invoice=form.chosen,
            cents=form.cents,
            received_on=said["received_on"],
            reference=said["reference"],
            commune=account.commune,
            author=cast(User, request.user),
        )
    except ValidationError as error:
        form.add_error("reference", error)
        return False
    if new:
        messages.success(request, _("Le virement est enregistré."))
    else:
        messages.info(request, _("Ce virement était déjà enregistré : rien n’a changé."))
    return True


@never_cache
def cancel(request: HttpRequest, insee: str, invoice: str) -> HttpResponse:
    """Asks to confirm first: an invoice that is cancelled stays so."""
    account = Account.of(found_commune(insee))
    found = next((each for each in account.invoices if str(each.pk) == invoice), None)
    if found is None:
        raise Http404(invoice)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _cancelled(request, account, found, form):
        return redirect("console:subscription", insee)
    context = {**account.named, "invoice": found, "left": outstanding(found), "form": form}
    return render(request, "console/cancel.html", context, status=422 if form.is_bound else 200)


def _cancelled(request: HttpRequest, account: Account, invoice: Invoice, form: CancelForm) -> bool:
    """What refuses is told above the reason, which is kept."""
    reason, author = form.cleaned_data["reason"], cast(User, request.user)
    known = Invoice.objects.filter(cancels=invoice).first()
    if known is not None:
        form.add_error(None, _("Cette facture est déjà annulée, par l’avoir %(number)s.") % {"number": known.number})
        return False
    try:
        note = subscribing.cancel_invoice(invoice=invoice, reason=reason, commune=account.commune, author=author)
    except NotThis:
        form.add_error(None, _("Rien n’a été fait : un avoir ne s’annule pas, ni ce qui est déjà rendu en entier."))
    except PaperError:
        form.add_error(None, _("Rien n’a été fait : il manque le nom ou le SIRET de qui paie."))
    else:
        messages.success(request, _("L’avoir %(number)s est émis.") % {"number": note.number})
        return True
    return False


@never_cache
def payer(request: HttpRequest, insee: str) -> HttpResponse:
    """A commune that was merged: another pays from a day on."""
    account = Account.of(found_commune(insee))
    if account.current is None:
        return redirect("console:subscription", insee)
    form = PayerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (into := _paid_by(request, account, form)):
        messages.success(request, _("C’est noté : %(name)s paie.") % {"name": typographic(into.name)})
        return redirect("console:subscription", insee)
    context = {**account.named, "form": form}
    return render(request, "console/payer.html", context, status=422 if form.is_bound else 200)


def _paid_by(request: HttpRequest, account: Account, form: PayerForm) -> Payer | None:
    """Who pays from now on; None where it may not be, said at its field."""
    assert account.current is not None
    other = Commune.objects.filter(pk=form.cleaned_data["insee"]).first()
    if other is None or other == account.commune:
        form.add_error("insee", _("Écrivez le code d’une autre commune de l’annuaire."))
        return None
    known = Payer.objects.filter(commune=other).first()
    siret = known.siret if known else ""
    if not siret and not form.cleaned_data["siret"]:
        form.add_error("siret", _("Écrivez le SIRET de cette commune : nous ne l’avons pas encore."))
        return None
    try:
        siret = siret or valid_siret(form.cleaned_data["siret"], siren=other.siren)
    except ValidationError as error:
        form.add_error("siret", error)
        return None
    author, on = cast(User, request.user), form.cleaned_data["on"]
    into = account_of(other, author=author.email)
    subscribing.change_payer(subscription=account.current, into=into, on=on, author=author, siret=siret)
    return into


@never_cache
def end(request: HttpRequest, insee: str) -> HttpResponse:
    """Asks to confirm first."""
    account = Account.of(found_commune(insee))
    if account.current is None:
        return redirect("console:subscription", insee)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason, author = form.cleaned_data["reason"], cast(User, request.user)
        if subscribing.end(subscription=account.current, reason=reason, author=author):
            messages.success(request, _("L’abonnement est terminé. La mairie le sait, rien n’est effacé aujourd’hui."))
        else:
            messages.info(request, _("L’abonnement était déjà terminé : rien n’a changé."))
        return redirect("console:subscription", insee)
    context = {**account.named, "form": form}
    return render(request, "console/end.html", context, status=422 if form.is_bound else 200)


def _page(
    request: HttpRequest, account: Account, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "console/subscription.html", account_page(account, forms or {}), status=status)
