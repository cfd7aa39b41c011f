"""The lines of a quote: what each commune would use, and the SMS that it would buy."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from billing.models import PriceVersion
from billing.papers import PaperLine
from billing.prices import Item, Period, Price, PriceBook, Rhythm, periods_of, share, whole_of
from billing.queries.offers import Offered, SmsOffered, Wanted
from billing.queries.pricing import price_at
from billing.queries.showing import detail_of, label_of
from core.web.french import typographic

MONTHS = 12


def communes_offered(version: PriceVersion, wanted: Wanted, rhythm: Rhythm) -> tuple[Offered, ...]:
    """With what each pays for a whole month or year."""
    return tuple(
        Offered(
            each.insee,
            each.name,
            each.departement,
            each.population,
            price_at(version, each.population, modules, rhythm, len(wanted)).net if modules else 0,
            tuple(modules),
        )
        for each, modules in wanted.items()
    )


def lines_of(
    version: PriceVersion, wanted: Wanted, rhythm: Rhythm, days: Period | None, *, aligned: bool
) -> tuple[PaperLine, ...]:
    """What a term costs, by commune and item: the days that are known, or twelve months. Raises Unpriced."""
    found: list[PaperLine] = []
    for commune, modules in wanted.items():
        if modules:
            price = price_at(version, commune.population, modules, rhythm, len(wanted))
            whose = f"{typographic(commune.name)} : " if len(wanted) > 1 else ""
            found += _of(version.book, price, days, aligned=aligned, whose=whose)
    return tuple(found)


def _of(book: PriceBook, price: Price, days: Period | None, *, aligned: bool, whose: str) -> list[PaperLine]:
    lines = []
    for item in price.items:
        quantity, net, note = _asked(item, price.rhythm, days, aligned=aligned)
        detail = " · ".join(part for part in (detail_of(item), note) if part)
        lines.append(PaperLine(whose + label_of(book, item), detail, quantity, item.cents, net, days))
    return lines


def _asked(item: Item, rhythm: Rhythm, days: Period | None, *, aligned: bool) -> tuple[int, int, str]:
    """How many months or years, what they cost, and whether the first or last is a part of one."""
    if days is None:
        count = MONTHS if rhythm is Rhythm.MONTHLY else 1
        return count, item.cents * count, ""
    periods = periods_of(days, rhythm)
    wholes = [whole_of(each, rhythm, days, aligned) for each in periods]
    net = sum(share(item.cents, whole, each) for whole, each in zip(wholes, periods, strict=True))
    if wholes == list(periods):
        return len(periods), net, ""
    return 1, net, _("au prorata des jours")


def sms_offered(book: PriceBook, packs: Mapping[str, int]) -> tuple[SmsOffered, ...]:
    """Raises Unpriced."""
    found = ((key, count, book.sms_pack(key)) for key, count in packs.items())
    return tuple(SmsOffered(key, count, pack.segments, pack.cents) for key, count, pack in found)


def sms_lines(bought: Iterable[SmsOffered]) -> tuple[PaperLine, ...]:
    return tuple(
        PaperLine(_("%(count)s SMS") % {"count": each.segments}, "", each.count, each.cents, each.cents * each.count)
        for each in bought
    )
