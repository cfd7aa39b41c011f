"""What the subscription puts on the mairie's list of things to do."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.models import Invoice
from billing.office.board import open_quotes
from billing.office.here import Ours, ours_of
from billing.queries.days import local_today
from billing.queries.money import unpaid
from billing.queries.standing import SOON as TERM_SOON
from core.catalogue import Task
from core.web.french import day
from tenants.models import Space

SOON = 14


def subscription_tasks(request: HttpRequest) -> list[Task]:
    """Only to who may do something about it."""
    user: Any = request.user
    if not user.has_perm("billing.order"):
        return []
    ours = ours_of(request)
    if ours is None or ours.group:
        return []
    today = local_today(ours.subscription.commune)
    closed = request.site.space.state == Space.State.READ_ONLY  # type: ignore[attr-defined]
    found = [_read_only() if closed else _ending(ours, today), _late(ours, today), _quote(ours, today)]
    return [task for task in found if task]


def _read_only() -> Task:
    title, detail = _("L’espace est en lecture seule"), _("Il sera effacé si rien n’est commandé.")
    return Task(title, detail, reverse("billing:overview"), _("Voir que faire"), _("Abonnement"), "danger", 5)


def _ending(ours: Ours, today: date) -> Task | None:
    """In one statement: this list is asked for each time that somebody comes in."""
    last = ours.subscription.terms.filter(cut_on=None).aggregate(last=Max("last"))["last"]
    trial = ours.subscription.trial_until
    until = max(last or trial, trial)
    left, order, label = (until - today).days, reverse("billing:order"), _("Abonnement")
    if last is None and 0 <= left <= SOON:
        title = _("L’essai gratuit se termine le %s") % day(until)
        detail = _("Ensuite l’espace ne pourra plus qu’être lu, sans rien perdre.")
        return Task(title, detail, order, _("Commander"), label, "warn", 40)
    if last is not None and 0 <= left <= TERM_SOON:
        title = _("L’abonnement se termine le %s") % day(until)
        return Task(title, _("Rien n’est reconduit sans vous."), order, _("Renouveler"), label, "warn", 45)
    return None


def _late(ours: Ours, today: date) -> Task | None:
    overdue = unpaid(Invoice.objects.filter(account=ours.account, due_on__lt=today).defer("content", "parts"))
    if not overdue:
        return None
    late, _left = overdue[0]
    title = _("Une facture devait être payée le %s") % day(late.due_on)
    detail = _("Rien n’est coupé. Prévenez le comptable, ou vérifiez les références.")
    return Task(title, detail, reverse("billing:overview"), _("Voir la facture"), _("Facture en retard"), "danger", 35)


def _quote(ours: Ours, today: date) -> Task | None:
    quotes = open_quotes(ours, today)
    if not quotes:
        return None
    title = _("Le devis %s attend d’être commandé") % quotes[0].number
    detail = _("Il vaut jusqu’au %s.") % day(quotes[0].valid_until)
    return Task(title, detail, reverse("billing:quote", args=[quotes[0].pk]), _("Commander"), _("Devis"), "", 80)
