"""What the first page says: where the subscription stands, what it costs, what comes next, the one thing to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from billing.collecting import under_way
from billing.models import Invoice, Quote, Subscription, Term
from billing.office.here import Ours
from billing.prices import Rhythm, vat_rate
from billing.queries.books import NoPrices, book_in_force
from billing.queries.days import local_today
from billing.queries.money import unpaid
from billing.queries.pricing import Preview, next_invoice
from billing.queries.showing import Cost, shown
from billing.queries.situation import standing_of
from billing.queries.standing import Standing, State
from billing.queries.terms import bought, current_term, terms_of
from core.web.french import day
from core.web.templatetags.web import plural

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NextStep:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Owed:
    """An invoice with the cents that are left; `paying` while a bank has its payment."""

    invoice: Invoice
    left: int
    is_late: bool
    paying: bool


@dataclass(frozen=True, slots=True)
class Board:
    standing: Standing
    sentence: str
    more: str
    tone: str
    next_step: NextStep | None
    term: Term | None
    cost: Cost | None
    following: Preview | None
    unpaid: tuple[Owed, ...]
    quotes: tuple[Quote, ...]

    @property
    def is_over(self) -> bool:
        return not self.standing.writes

    @property
    def is_monthly(self) -> bool:
        return self.cost is not None and self.cost.rhythm is Rhythm.MONTHLY


def board_of(ours: Ours, modules: Iterable[str]) -> Board:
    subscription = ours.subscription
    today = local_today(subscription.commune)
    standing = standing_of(subscription, today)
    term = current_term(subscription, today)
    owed = unpaid(Invoice.objects.filter(account=ours.account)) if ours.account else []
    paying = under_way(each for each, _left in owed) if owed else set()
    quotes = open_quotes(ours, today)
    sentence, more, tone = said(standing, subscription, today)
    return Board(
        standing,
        sentence,
        more,
        tone,
        _next_step(standing, owed, quotes),
        term,
        _cost_of(term, today) if term else _would_cost(ours, modules),
        next_invoice(subscription, today),
        tuple(Owed(each, left, each.due_on < today, each.pk in paying) for each, left in owed),
        tuple(quotes),
    )


def open_quotes(ours: Ours, today: date) -> list[Quote]:
    """What may still be ordered."""
    if ours.account is None:
        return []
    return list(ours.account.quotes.filter(valid_until__gte=today, order__isnull=True).defer("content")[:5])


def said(standing: Standing, subscription: Subscription, today: date) -> tuple[str, str, str]:
    """The state in one plain sentence, what follows from it, and its tone."""
    until = day(standing.until) if standing.until else ""
    left = standing.days_left(today) or 0
    match standing.state:
        case State.TRIAL:
            days = plural(left, _("jour"), _("jours"))
            sentence = _("Essai gratuit de tous les modules, jusqu’au %s.") % until
            rest = _(
                "Il reste %s après aujourd’hui. Sans commande, l’espace passera en lecture seule, sans rien perdre."
            )
            return sentence, rest % days, "warn" if left <= 14 else "ok"
        case State.ORDERED:
            return _ordered(standing, subscription, today)
        case State.ACTIVE:
            return _("Abonnement actif jusqu’au %s.") % until, _("Rien n’est reconduit sans vous."), "ok"
        case State.ENDING:
            days = plural(left, _("jour"), _("jours"))
            sentence = _("L’abonnement se termine le %(day)s, dans %(left)s.") % {"day": until, "left": days}
            return sentence, _("Rien n’est reconduit sans vous : commandez la période suivante."), "warn"
        case State.UNPAID:
            since = day(standing.late_since) if standing.late_since else ""
            sentence = _("Une facture aurait dû être payée le %s.") % since
            return sentence, _("Rien n’est coupé : vos publications et vos alertes continuent."), "danger"
        case State.READ_ONLY:
            return _read_only(standing)
        case _:
            return _("L’abonnement est terminé."), _("L’espace n’est plus modifiable."), "danger"


def _ordered(standing: Standing, subscription: Subscription, today: date) -> tuple[str, str, str]:
    if standing.waiting:
        return _("Votre commande est reçue : nous la vérifions."), _("D’ici là, rien ne change."), "ok"
    coming = next((each.first for each in terms_of(subscription) if each.first > today), None)
    sentence = _("Votre commande est acceptée : l’abonnement commence le %s.") % (day(coming) if coming else "")
    return sentence, _("D’ici là, l’essai continue gratuitement."), "ok"


def _read_only(standing: Standing) -> tuple[str, str, str]:
    sentence = _("L’espace est en lecture seule depuis le %s.") % day(standing.since)
    more = _(
        "Les habitants lisent toujours ce qui est publié, et les alertes partent encore. Pour écrire de nouveau, "
        "commandez : rien n’est perdu."
    )
    if standing.until:
        more += " " + _("Sans commande, tout sera effacé après le %s.") % day(standing.until)
    return sentence, more, "danger"


def _next_step(standing: Standing, owed: list[tuple[Invoice, int]], quotes: list[Quote]) -> NextStep | None:
    """The one thing to do now: what is late first, then what runs out."""
    if standing.late_since is not None and owed:
        return NextStep(_("Voir la facture en retard"), reverse("billing:documents") + "?genre=factures")
    if standing.waiting:
        return None
    if standing.state in {State.TRIAL, State.READ_ONLY, State.ENDED, State.ENDING}:
        if quotes:
            return NextStep(
                _("Commander le devis du %s") % day(quotes[0].issued_on), reverse("billing:quote", args=[quotes[0].pk])
            )
        renew = standing.state is State.ENDING
        return NextStep(_("Commander la période suivante") if renew else _("Commander"), reverse("billing:order"))
    return None


def _cost_of(term: Term, today: date) -> Cost | None:
    """What is used today costs, for a whole month or year."""
    price = next((price for days, price in bought(term).used() if today in days), None)
    if price is None:
        return None
    book = term.book.book
    return Cost.of(book, price, vat_rate(book, term.account.departement))


def _would_cost(ours: Ours, modules: Iterable[str]) -> Cost | None:
    """What is used now would cost a year."""
    try:
        return shown(book_in_force(), ours.subscription.commune, modules).year
    except NoPrices:
        return None
