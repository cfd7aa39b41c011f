"""How papers write what they say: addresses, periods, lines, sums."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import segno
from django.utils.translation import gettext as _

from billing.papers.content import Covered, PaperLine, Party, Total, are_alike, stated_line
from billing.papers.keys import spaced_siret
from billing.prices import Period, euros, percent
from billing.prices.euros import MINUS
from core.web.french import NARROW, day, inhabitants, typographic

_LONGEST: Final = 18


def dated(period: Period | None) -> str:
    """« du 1er janvier au 31 décembre 2027 », the year said once where it is one."""
    if period is None:
        return ""
    first = day(period.first, year=period.first.year != period.last.year)
    return _("du %(first)s au %(last)s") % {"first": whole(first), "last": whole(day(period.last))}


def whole(text: str) -> str:
    """Not cut by a line break."""
    return text.replace(" ", "\u00a0")


def address(party: Party) -> list[str]:
    """A party's block: its name, then where it is, then its numbers and who to speak to."""
    place = " ".join(part for part in (party.postal_code, party.city) if part)
    said = [party.name, party.street, place, *_numbers(party)]
    contact = " · ".join(part for part in (party.contact, party.email) if part)
    return [typographic(each) for each in (*said, contact) if each]


def _numbers(party: Party) -> list[str]:
    said = [_("SIRET %(siret)s") % {"siret": spaced_siret(party.siret)}] if party.siret else []
    if party.vat_number:
        said.append(_("TVA %(number)s") % {"number": party.vat_number})
    if party.service_code:
        said.append(_("Code service %(code)s") % {"code": party.service_code})
    return said


def lines(rows: Sequence[PaperLine], shared: Period | None) -> list[dict[str, str]]:
    """A line's period is said where it is not that of the whole paper."""
    return [
        {
            "label": each.label,
            "detail": each.detail,
            "period": dated(each.period) if each.period != shared else "",
            "quantity": str(each.quantity).replace("-", MINUS),
            "unit": euros(each.unit_cents),
            "net": euros(each.net),
        }
        for each in map(stated_line, rows)
    ]


def sums(total: Total, due: str) -> dict[str, str]:
    return {
        "net": euros(total.net),
        "rate": percent(total.vat_rate),
        "vat": euros(total.vat),
        "total": euros(total.total),
        "due": due,
        "note": total.vat_note,
    }


def covered(communes: Sequence[Covered]) -> list[str]:
    """« Èze (06), 2 144 habitants : tranche de 2 000 à 3 499 », and its modules where communes differ by them."""
    alike = are_alike(communes)
    return [_covered(each) + ("" if alike else f". {', '.join(each.modules)}") for each in communes]


def _covered(each: Covered) -> str:
    people = inhabitants(each.population)
    said = f"{typographic(each.name)} ({each.departement})" + (f", {people}" if people else "")
    return f"{said}\u00a0: {each.bracket}" if each.bracket else said


def by_choice(communes: Sequence[Covered]) -> list[str]:
    """Their names in one sentence, or one for each choice of modules: « Actualités, Alertes : Èze, La Turbie. »."""
    names: dict[tuple[str, ...], list[str]] = {}
    for each in communes:
        names.setdefault(each.modules, []).append(typographic(each.name))
    alike = are_alike(communes)
    return [("" if alike else f"{', '.join(what)}\u00a0: ") + f"{', '.join(who)}." for what, who in names.items()]


def code(page: str) -> dict[str, str]:
    """A code that a telephone reads, and what a screen reader says of it."""
    return {
        "svg": segno.make(page, error="m", micro=False).svg_inline(border=2, omitsize=True),
        "alt": _("Code à viser avec un téléphone : il ouvre %(address)s") % {"address": bare(page)},
    }


def bare(page: str) -> str:
    return page.partition("://")[2].rstrip("/")


def wide(said: Any) -> Any:
    """The faces of papers close a narrow space up: 2 144 would read 2144."""
    if isinstance(said, str):
        return said.replace(NARROW, "\u00a0")
    if isinstance(said, Mapping):
        return {name: wide(each) for name, each in said.items()}
    return [wide(each) for each in said] if isinstance(said, list | tuple) else said


def figure(count: int) -> str:
    return f"{count:,}".replace(",", "\u00a0")


def rows(*said: tuple[str, str]) -> list[list[str]]:
    """Facts, without those of which nothing is known."""
    return [[name, _broken(value)] for name, value in said if value]


def _broken(text: str) -> str:
    """A word longer than its column may be cut."""
    return " ".join("\u200b".join(wrap(word, _LONGEST)) if len(word) > _LONGEST else word for word in text.split(" "))
