"""What an accepted order gives: a term to each commune, the SMS, its confirmation and what may be invoiced already."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.actions.entitling import entitle
from billing.actions.invoicing import invoice_sms, invoice_term, party_of
from billing.actions.letters import quote_url
from billing.actions.planning import advance_soon
from billing.actions.quoting import Overlaps, invoicing_words, open_subscription
from billing.models import Choice, Order, Subscription, Term
from billing.models.quote import OrderMeans
from billing.papers import OrderPaper, PaperKind, keep, order_pdf, supplier
from billing.prices import Period, term_of
from billing.queries.days import local_today, supplier_today, zone_of
from billing.queries.offers import Offer, Offered, offer_of
from billing.queries.terms import last_day
from core.audit.actions import record
from core.delivery.sms.ordering import credit_order
from core.tenancy.context import enter
from tenants.models import Commune

DAY = timedelta(days=1)


def give_what_was_ordered(order: Order, *, author: str) -> bool:
    """In the caller's transaction; False when the days that were ordered are over. Raises Overlaps."""
    offer = offer_of(order.quote)
    communes = Commune.objects.in_bulk([each.insee for each in offer.communes])
    terms = []
    for offered in (each for each in offer.communes if each.modules):
        term = _term(order, offer, offered, communes[offered.insee], author)
        if term is None:
            return False
        terms.append(term)
    _confirm(order, offer, terms)
    for term in terms:
        entitle(term.subscription, author=author)
        _note(term.subscription, order)
        advance_soon(term.subscription)
    for term in terms[:1]:  # with the others
        invoice_term(term, local_today(term.subscription.commune), author=author)
    if offer.sms:
        _credit(order, offer, communes[offer.communes[0].insee], author)
    return True


def _term(order: Order, offer: Offer, offered: Offered, commune: Commune, author: str) -> Term | None:
    """From the day that was asked for, or that of the order where it came later, however long it waited for an answer;
    None when that is after the year that it pays. Twelve months are twelve months from there."""
    received = timezone.localdate(order.received_at, zone_of(commune))
    first = max(offer.start, received) if offer.start else local_today(commune)
    days = term_of(offer.start if offer.start and offer.aligned else first, aligned=offer.aligned)
    if first > days.last:
        return None
    subscription = _subscription(order, commune, author)
    taken = last_day(subscription)
    if taken is not None and taken >= first:
        raise Overlaps(taken + DAY, [commune.name])
    term = Term.objects.create(
        subscription=subscription,
        order=order,
        account=order.quote.account,
        book=order.quote.book,
        population=offered.population,
        communes=len(offer.communes),
        rhythm=offer.rhythm,
        aligned=offer.aligned,
        moment=order.moment,
        first=first,
        last=days.last,
    )
    Choice.objects.create(term=term, since=first, modules=list(offered.modules), made_by=author)
    return term


def _subscription(order: Order, commune: Commune, author: str) -> Subscription:
    """The commune's, begun again when it had ended; one that waits where no space is open yet."""
    found = open_subscription(commune)
    account = order.quote.account
    if found is None:
        today = local_today(commune)
        return Subscription.objects.create(commune=commune, account=account, began_on=today, trial_until=today - DAY)
    held = Subscription.objects.select_for_update(of=("self",)).select_related("space", "commune").get(pk=found.pk)
    held.account, held.ended_on, held.end_reason, held.ended_by = account, None, "", ""
    held.save(update_fields=["account", "ended_on", "end_reason", "ended_by"])
    return held


def _credit(order: Order, offer: Offer, commune: Commune, author: str) -> None:
    """The SMS are there at once, and asked for at once."""
    found = open_subscription(commune)
    if found is None or found.space is None:
        return
    segments = sum(each.segments * each.count for each in offer.sms)
    with enter(found.space.schema_name):
        credit_order(segments=segments, reference=order.number)
    invoice_sms(order, author=author)


def _note(subscription: Subscription, order: Order) -> None:
    if subscription.space is not None:
        with enter(subscription.space.schema_name):
            record("billing.ordered", target=order.number)


def _confirm(order: Order, offer: Offer, terms: list[Term]) -> None:
    paper = offer.paper
    first, last = min((t.first for t in terms), default=None), max((t.last for t in terms), default=None)
    day: date = supplier_today()
    confirmed = OrderPaper(
        number=order.number,
        ordered_on=order.received_at.date(),
        quote_number=paper.number,
        quote_on=paper.issued_on,
        seller=supplier(),
        buyer=party_of(order.quote.account),
        orderer=order.ordered_by,
        capacity=order.capacity,
        means=_means(order),
        communes=paper.communes,
        lines=paper.lines,
        total=paper.total,
        period=Period(first, last) if first and last else Period(day, day),
        invoicing=invoicing_words(order.moment, offer.rhythm) if terms else paper.invoicing,
        engagement=order.engagement,
        order_reference=order.reference,
        address=quote_url(order.quote_id),
        demo=settings.DEMO,
    )
    order.paper = keep(PaperKind.ORDER, f"{order.number}.pdf", order_pdf(confirmed))
    order.save(update_fields=["paper"])


def _means(order: Order) -> str:
    if order.means == OrderMeans.PURCHASE_ORDER:
        return _("bon de commande n° %(number)s") % {"number": order.reference}
    return _("devis signé") if order.means == OrderMeans.SIGNED_QUOTE else _("commande en ligne")
