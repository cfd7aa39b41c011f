"""A commune's account, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice, Order, Payment, Quote, Subscription
from billing.prices import euros
from billing.queries.books import NoPrices
from billing.queries.days import local_today, supplier_today
from billing.queries.money import outstanding_of
from billing.queries.pricing import next_invoice
from billing.queries.situation import standing_of
from billing.queries.terms import modules_on, terms_of
from console.opened import opened
from console.subscription_forms import GrantForm, PaymentForm
from console.subscriptions import TONES
from core.web.french import typographic
from tenants.directory.departements import departement_named
from tenants.models import Commune, Space
from tenants.switches import catalogue

NOTICES = {
    "trial": _("Fin de l’essai proche"),
    "term": _("Fin de période proche"),
    "late": _("Facture en retard"),
    "read_only": _("Passage en lecture seule"),
    "erasure": _("Effacement proche"),
}


def found_commune(insee: str) -> Commune:
    return get_object_or_404(Commune.objects.select_related("space"), insee=insee)


@dataclass(frozen=True, slots=True)
class Account:
    """`current` is the subscription that was opened last; `invoices` are the commune's and those of its own payer."""

    commune: Commune
    space: Space | None
    current: Subscription | None
    invoices: tuple[Invoice, ...]

    @classmethod
    def of(cls, commune: Commune) -> "Account":
        rows = Subscription.objects.filter(commune=commune).select_related("commune", "account", "space")
        theirs = Invoice.objects.filter(terms__subscription__commune=commune)
        concerned = Q(pk__in=theirs) | Q(account__commune=commune)
        asked = Invoice.objects.filter(concerned).select_related("paper", "account").defer("paper__content", "content")
        return cls(
            commune,
            getattr(commune, "space", None),
            rows.order_by("-began_on", "-pk").first(),
            tuple(asked.order_by("-issued_on", "-number")),
        )

    @property
    def today(self) -> date:
        return local_today(self.commune)

    @property
    def supplier_day(self) -> date:
        return supplier_today()

    @property
    def named(self) -> dict[str, Any]:
        return {
            "commune": self.commune,
            "title": typographic(str(self.commune)),
            "departement": departement_named(self.commune.departement),
            "current": self.current,
        }

    def payable(self) -> list[tuple[Invoice, str]]:
        """Those that money may be received for, what is left of each said; the unpaid first."""
        left = outstanding_of(self.invoices)
        rows = [each for each in self.invoices if each.kind == Invoice.Kind.INVOICE]
        rows.sort(key=lambda each: (left[each.number] <= 0, each.due_on, each.number))
        return [(each, f"{each.number} : {euros(left[each.number])} à payer") for each in rows]


def account_page(account: Account, forms: Mapping[str, Any]) -> dict[str, Any]:
    """All that the page shows."""
    commune, space = account.commune, account.space
    left = outstanding_of(account.invoices)
    payable = account.payable()
    context: dict[str, Any] = {
        **account.named,
        "space": space,
        "invoices": [(each, left.get(each.number)) for each in account.invoices],
        "unpaid": sum(cents for cents in left.values() if cents > 0),
        "payments": Payment.objects.filter(invoice__in=account.invoices)
        .select_related("invoice")
        .order_by("-received_on", "-recorded_at"),
        "quotes": _quotes(commune),
        "orders": _orders(commune),
        "payment_form": forms.get("payment") or PaymentForm(invoices=payable, today=account.supplier_day),
        "grant_form": forms.get("grant") or GrantForm(today=account.today),
        "form": next(iter(forms.values()), None),
        "payable": bool(payable),
    }
    if account.current is not None:
        context |= _standing(account.current, account.today)
    if space is not None:
        labels = {each.slug: each.label for each in catalogue()}
        context |= {
            "opened": opened(space, commune),
            "grants": [(labels.get(each.module, each.module), each) for each in space.grants.order_by("-given_at")],
        }
    return context


def _standing(current: Subscription, today: date) -> dict[str, Any]:
    found = standing_of(current, today)
    try:
        following = next_invoice(current, today)
    except NoPrices:
        following = None
    terms = terms_of(current)
    labels = {each.slug: each.label for each in catalogue()}
    return {
        "standing": found,
        "tone": TONES.get(found.state, ""),
        "next": following,
        "terms": [
            (term, [labels.get(each, each) for each in sorted(modules_on(term, max(today, term.first)))])
            for term in terms
        ],
        "changes": sum(max(term.choices.count() - 1, 0) for term in terms),
        "notices": [(_told(each.name), each) for each in current.notices.order_by("-sent_at")],
    }


def _told(name: str) -> str:
    """What a notice was about, in words: its name is a key, the kind first."""
    kind, __, rest = name.partition(":")
    words = str(NOTICES.get(kind, name))
    return f"{words}\u00a0: {rest.partition(':')[0]}" if kind == "late" else words


def _quotes(commune: Commune) -> list[Quote]:
    mine = Q(content__communes__contains=[{"insee": commune.insee}]) | Q(account__commune=commune)
    return list(Quote.objects.filter(mine).select_related("order").defer("content").order_by("-issued_on", "-number"))


def _orders(commune: Commune) -> list[Order]:
    mine = Q(quote__content__communes__contains=[{"insee": commune.insee}]) | Q(quote__account__commune=commune)
    return list(Order.objects.filter(mine).select_related("quote").order_by("-received_at"))
