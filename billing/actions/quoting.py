"""Making a quote: priced once, numbered, valid 90 days."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from billing.actions.entitling import account_of
from billing.actions.forgetting import owe_forgetting
from billing.actions.letters import quote_made, quote_url, write
from billing.actions.turns import take_turn
from billing.models import Account, PriceVersion, Quote, Subscription
from billing.models.account import Moment
from billing.papers import (
    Covered,
    PaperKind,
    PaperLine,
    Party,
    QuotePaper,
    Series,
    Total,
    deliberation_pdf,
    keep,
    number,
    quote_pdf,
    supplier,
    vat_note,
)
from billing.prices import Period, Rhythm, term_of, vat_rate, year_of
from billing.queries.books import in_force
from billing.queries.days import local_today, supplier_today
from billing.queries.offering import communes_offered, lines_of, sms_lines, sms_offered
from billing.queries.offers import Buyer, Contact, Offer, Wanted
from billing.queries.pricing import bracket_label
from billing.queries.terms import last_day
from tenants.models import Commune

DAY = timedelta(days=1)
VALID_DAYS = 90


class NothingAsked(Exception):
    """Neither a module nor an SMS was asked for, of some commune."""


class NoSpace(Exception):
    """SMS are sold to a commune that has its space."""


class Overlaps(Exception):
    """These communes, by name, ordered these days already; `free_from` is the first that none of them did."""

    def __init__(self, free_from: date, communes: Iterable[str]) -> None:
        super().__init__(str(free_from))
        self.free_from, self.communes = free_from, tuple(communes)


@transaction.atomic
def make_quote(
    *,
    account_facts: Buyer,
    wanted: Wanted,
    rhythm: Rhythm,
    aligned: bool,
    start: date | None,
    moment: str,
    contact: Contact,
    sms: Mapping[str, int] | None = None,
) -> Quote:
    """A numbered quote with its PDF and its draft deliberation; what the modules of a commune need is in it.

    `sms` counts packs by their key in the price book, for one commune. Raises NothingAsked, NoSpace, Overlaps, Unpriced
    and NoPrices, changing nothing.
    """
    chosen = {each: _in_order(settings.CATALOGUE.closed(modules)) for each, modules in wanted.items()}
    packs = {key: count for key, count in (sms or {}).items() if count}
    if not packs and not (chosen and all(chosen.values())):
        raise NothingAsked
    version = in_force(supplier_today())
    take_turn(each.insee for each in chosen)
    lasts = any(chosen.values())
    begins = _begins(chosen, start, aligned=aligned) if lasts else None
    if packs:
        _must_have_a_space(chosen)
    days = term_of(begins, aligned=aligned) if begins else None
    offered = communes_offered(version, chosen, rhythm)
    bought = sms_offered(version.book, packs)
    lines = (*lines_of(version, chosen, rhythm, days, aligned=aligned), *sms_lines(bought))
    key = uuid4()
    paper = _paper(key, account_facts, version, chosen, lines, days)
    paper = replace(
        paper,
        rhythm=rhythm_words(rhythm) if lasts else _("achat unique"),
        invoicing=invoicing_words(moment, rhythm) if lasts else _("dès la livraison"),
    )
    offer = Offer(account_facts, contact, offered, rhythm, aligned, begins, moment, bought, paper)
    return _kept(key, offer, version, account_for(account_facts, chosen, author=contact.email))


def _in_order(modules: Iterable[str]) -> tuple[str, ...]:
    return tuple(each.slug for each in settings.CATALOGUE.among(modules))


def _paper(
    key: UUID, buyer: Buyer, version: PriceVersion, chosen: Wanted, lines: tuple[PaperLine, ...], days: Period | None
) -> QuotePaper:  # fmt: skip
    """Numbered here, as late as may be: whoever asks for a number waits for this transaction."""
    rate, issued_on = vat_rate(version.book, buyer.departement), supplier_today()
    return QuotePaper(
        number=number(Series.QUOTE, issued_on),
        issued_on=issued_on,
        valid_until=_valid_until(issued_on, days),
        seller=supplier(),
        buyer=party_of(buyer),
        is_group=buyer.is_group,
        communes=tuple(_covered(version, each, modules) for each, modules in chosen.items()),
        lines=lines,
        total=Total.of_lines(lines, rate, vat_note(buyer.departement, rate)),
        rhythm="",
        invoicing="",
        period=days,
        address=quote_url(key),
        demo=settings.DEMO,
    )


def _kept(key: UUID, offer: Offer, version: PriceVersion, account: Account) -> Quote:
    paper, contact = offer.paper, offer.contact
    voted = deliberation_pdf(paper) if paper.modules else None
    quote = Quote.objects.create(
        pk=key,
        number=paper.number,
        account=account,
        book=version,
        content=offer.as_json(),
        net=paper.total.net,
        vat=paper.total.vat,
        issued_on=paper.issued_on,
        valid_until=paper.valid_until,
        contact_name=contact.name,
        contact_capacity=contact.capacity,
        contact_email=contact.email,
        paper=keep(PaperKind.QUOTE, f"{paper.number}.pdf", quote_pdf(paper)),
        deliberation=keep(PaperKind.DELIBERATION, f"{paper.number}-deliberation.pdf", voted) if voted else None,
        made_by=contact.email,
    )
    owe_forgetting(quote)
    write(quote_made(quote, paper.address), [contact.email])
    return quote


def account_for(buyer: Buyer, communes: Iterable[Commune], *, author: str) -> Account:
    """The payer's account, made as the directory knows it: what a stranger types changes none."""
    if not buyer.is_group:
        return account_of(next(each for each in communes if each.insee == buyer.insee), author=author)
    facts = {"name": buyer.name, "departement": buyer.departement, "changed_by": author}
    return Account.objects.get_or_create(kind=Account.Kind.GROUP, siren=buyer.siren, defaults=facts)[0]


def party_of(buyer: Buyer) -> Party:
    return Party(
        name=buyer.name,
        siret=buyer.siret,
        street=buyer.street,
        postal_code=buyer.postal_code,
        city=buyer.city,
        service_code=buyer.service_code,
    )


def rhythm_words(rhythm: Rhythm) -> str:
    return _("abonnement annuel") if rhythm is Rhythm.YEARLY else _("abonnement mensuel")


def invoicing_words(moment: str, rhythm: Rhythm) -> str:
    if rhythm is Rhythm.MONTHLY:
        return _("au début de chaque mois") if moment == Moment.START else _("à la fin de chaque mois, service fait")
    return _("au début de la période") if moment == Moment.START else _("à la fin de la période, service fait")


def open_subscription(commune: Commune) -> Subscription | None:
    """The one that a new order goes on with: its space's, or one that waits for a space."""
    rows = Subscription.objects.select_related("space", "commune", "account").filter(commune=commune, erased_at=None)
    return rows.order_by("space", "-began_on").first()


def _begins(communes: Collection[Commune], start: date | None, *, aligned: bool) -> date | None:
    """The first day, None for the day of the acceptance. An aligned term begins on a day that is known, so that its
    amount is: today, or the 1st of January when the year is nearly over."""
    today = max(local_today(each) for each in communes)
    if start is None and aligned:
        end = year_of(today).last
        start = today if (end - today).days >= VALID_DAYS else end + DAY
    taken = {each: last for each in communes if (found := open_subscription(each)) and (last := last_day(found))}
    barred = {each: last for each, last in taken.items() if last >= (start or today)}
    if barred:
        raise Overlaps(max(barred.values()) + DAY, [each.name for each in barred])
    return start


def _valid_until(issued_on: date, days: Period | None) -> date:
    until = issued_on + DAY * VALID_DAYS
    return min(until, days.last) if days else until


def _must_have_a_space(communes: Iterable[Commune]) -> None:
    for each in communes:
        found = open_subscription(each)
        if found is None or found.space is None:
            raise NoSpace(each.insee)


def _covered(version: PriceVersion, commune: Commune, modules: Iterable[str]) -> Covered:
    labels = tuple(each.label for each in settings.CATALOGUE.among(modules))
    bracket = bracket_label(version, commune.population)
    return Covered(commune.name, commune.departement, commune.population, bracket, labels)
