"""SMS that the commune buys beforehand, in packs."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from billing.actions.commanding import Asked, Moved, command, last_order
from billing.actions.ordering import BadReferences
from billing.actions.referencing import set_references
from billing.forms import ReferencesForm
from billing.models import Account
from billing.office.carrying import after, cents_of, known, person_of, siren_of
from billing.office.forms import refuse
from billing.office.here import Ours, for_ourselves
from billing.office.pricing import Taxed
from billing.prices import PriceBook, vat_rate
from billing.queries.books import book_in_force
from core.accounts.models import User


class SmsForm(ReferencesForm):
    pack = forms.ChoiceField(
        label=gettext_lazy("Combien de SMS ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez combien de SMS."),
            "invalid_choice": gettext_lazy("Ce lot de SMS n’est plus vendu. Choisissez parmi ceux de la page."),
        },
    )

    def offer(self, book: PriceBook) -> None:
        pack: forms.ChoiceField = self.fields["pack"]  # type: ignore[assignment]
        pack.choices = [(each.key, each.key) for each in book.sms_packs]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_ourselves
def sms(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Bought once, whatever is sent twice; the credit is there when the page answers."""
    book = book_in_force()
    posted = request.POST if request.method == "POST" else None
    form = SmsForm(posted, initial=known(request, ours), siren=siren_of(ours))
    form.offer(book)
    if posted is None:
        return _page(request, ours, book, form, 200)
    if not form.is_valid():
        return _page(request, ours, book, form, 422)
    said = form.cleaned_data
    asked = Asked(ours.subscription, frozenset(), moment=Account.Moment.START, sms={said["pack"]: 1})
    try:
        command(
            asked,
            person_of(request, said),
            said,
            expected=cents_of(request, f"cents-{said['pack']}"),
            after=request.POST.get("after", ""),
            author=cast(User, request.user),
        )
    except Moved:
        return _page(request, ours, book, form, 409, moved=True)
    except BadReferences as error:
        for name, sentence in error.faults.items():
            refuse(form, name if name in form.fields else None, sentence)
        return _page(request, ours, book, form, 422)
    kept = {name: said[name] for name in ("siret", "service_code", "engagement")}
    set_references(ours.payer, kept, author=cast(User, request.user))
    messages.success(request, _("Les SMS sont dans la réserve. La facture est dans les documents."))
    return redirect("billing:overview")


def _page(
    request: HttpRequest, ours: Ours, book: PriceBook, form: SmsForm, status: int, *, moved: bool = False
) -> HttpResponse:
    rate = vat_rate(book, ours.subscription.commune.departement)
    context = {
        "ours": ours,
        "form": form,
        "moved": moved,
        "packs": [(each, Taxed(each.cents, rate), form["pack"].value() == each.key) for each in book.sms_packs],
        "after": after(last_order(ours.payer)),
        "rest": [form[name] for name in form.fields if name != "pack"],
    }
    return render(request, "billing/office/sms.html", context, status=status)
