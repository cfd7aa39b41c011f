"""What the subscription puts on the mairie's list of things to do."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.office.board import open_quotes
from billing.office.here import Ours, ours_of
from billing.queries.days import local_today
from billing.queries.situation import standing_of
from billing.queries.standing import Standing, State
from core.catalogue import Task
from core.web.french import day

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
    standing = standing_of(ours.subscription, today)
    found = [_ending(standing, standing.days_left(today)), _late(standing)]
    if standing.state is not State.ORDERED:
        found += [_quote(ours, today)]
    return [task for task in found if task]


def _ending(standing: Standing, left: int | None) -> Task | None:
    until = day(standing.until) if standing.until else ""
    order, label = reverse("billing:order"), _("Abonnement")
    if standing.state is State.TRIAL and left is not None and left <= SOON:
        title = _("L’essai gratuit se termine le %s") % until
        detail = _("Ensuite l’espace ne pourra plus qu’être lu, sans rien perdre.")
        return Task(title, detail, order, _("Commander"), label, "warn", 40)
    if standing.state is State.ENDING:
        title = _("L’abonnement se termine le %s") % until
        return Task(title, _("Rien n’est reconduit sans vous."), order, _("Renouveler"), label, "warn", 45)
    if standing.state is State.READ_ONLY:
        title = _("L’espace est en lecture seule")
        detail = _("Il sera effacé après le %s si rien n’est commandé.") % until
        return Task(title, detail, reverse("billing:overview"), _("Voir que faire"), label, "danger", 5)
    return None


def _late(standing: Standing) -> Task | None:
    if standing.late_since is None:
        return None
    title = _("Une facture devait être payée le %s") % day(standing.late_since)
    detail = _("Rien n’est coupé. Prévenez le comptable, ou vérifiez les références.")
    return Task(title, detail, reverse("billing:overview"), _("Voir la facture"), _("Facture en retard"), "danger", 35)


def _quote(ours: Ours, today: Any) -> Task | None:
    quotes = open_quotes(ours, today)
    if not quotes:
        return None
    title = _("Le devis %s attend d’être commandé") % quotes[0].number
    detail = _("Il vaut jusqu’au %s.") % day(quotes[0].valid_until)
    return Task(title, detail, reverse("billing:quote", args=[quotes[0].pk]), _("Commander"), _("Devis"), "", 80)
