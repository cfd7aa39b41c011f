"""What a readable book must also be for its prices to make sense to who pays them."""

from itertools import pairwise

from billing.prices.book import WHOLE, Amounts, PriceBook
from billing.prices.faults import Faults
from billing.prices.rhythm import Rhythm

MONTHS = 12


def check(book: PriceBook, faults: Faults) -> None:
    """Add each fault at its place."""
    _brackets(book, faults)
    _listed(book.base, "base", faults)
    for at, amounts in enumerate(book.modules.values()):
        _listed(amounts, f"modules[{at}]", faults)
    for at, pack in enumerate(book.packs):
        _listed(pack.amounts, f"packs[{at}]", faults)
        _pack(book, at, faults)
    _sms(book, faults)
    _groups(book, faults)


def _brackets(book: PriceBook, faults: Faults) -> None:
    if book.brackets[0] != 0:
        faults.add("brackets[0]", "La première tranche commence à 0 habitant.")
    for at, (before, lower) in enumerate(pairwise(book.brackets), start=1):
        if lower <= before:
            faults.add(f"brackets[{at}]", "Chaque tranche commence plus haut que la précédente.")


def _listed(amounts: Amounts, place: str, faults: Faults) -> None:
    """More inhabitants never cost less, nor a year more than its months."""
    for rhythm in Rhythm:
        for at, (before, here) in enumerate(pairwise(amounts.of(rhythm)), start=1):
            if here < before:
                faults.add(f"{place}.{rhythm}[{at}]", "Une commune plus grande ne paie pas moins qu’une plus petite.")
    for at, (month, year) in enumerate(zip(amounts.monthly, amounts.yearly, strict=True)):
        if year > MONTHS * month:
            faults.add(f"{place}.yearly[{at}]", "Une année ne coûte pas plus que douze mois.")


def _pack(book: PriceBook, number: int, faults: Faults) -> None:
    """A pack holds modules of the book, and costs no more than they do."""
    pack, place = book.packs[number], f"packs[{number}]"
    if not pack.modules <= set(book.modules):
        faults.add(f"{place}.modules", "Ce lot contient un module qui n’a pas de prix.")
        return
    for rhythm in Rhythm:
        for at, cents in enumerate(pack.amounts.of(rhythm)):
            if cents > sum(book.modules[key].of(rhythm)[at] for key in pack.modules):
                faults.add(f"{place}.{rhythm}[{at}]", "Un lot ne coûte pas plus que ses modules pris un à un.")


def _sms(book: PriceBook, faults: Faults) -> None:
    for at, (small, large) in enumerate(pairwise(book.sms_packs), start=1):
        if large.segments <= small.segments:
            faults.add(f"sms_packs[{at}].segments", "Chaque lot de SMS en a plus que le précédent.")
        elif not small.cents <= large.cents:
            faults.add(f"sms_packs[{at}].cents", "Un plus grand lot de SMS ne coûte pas moins.")
        elif large.cents * small.segments > small.cents * large.segments:
            faults.add(f"sms_packs[{at}].cents", "Dans un plus grand lot, un SMS ne coûte pas plus cher.")


def _groups(book: PriceBook, faults: Faults) -> None:
    """One more commune takes more off each, and never makes the whole cheaper, communes being alike."""
    for at, ((before, off), (least, more)) in enumerate(pairwise(((1, 0), *book.group_discounts))):
        if least <= before:
            faults.add(f"group_discounts[{at}].communes", "Chaque palier demande plus de communes que le précédent.")
        elif more <= off:
            faults.add(f"group_discounts[{at}].discount", "Chaque palier enlève plus que le précédent.")
        elif least * (WHOLE - more) < (least - 1) * (WHOLE - off):
            faults.add(
                f"group_discounts[{at}].discount",
                "Avec cette remise, une commune de plus ferait payer moins à l’ensemble.",
            )
