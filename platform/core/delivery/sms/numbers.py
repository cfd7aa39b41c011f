"""The numbers that may be written to: French mobiles, of the mainland and overseas, kept as E.164.

The national numbering plan (Arcep) cuts what begins with 6 and 7 between the mainland and the overseas départements,
which have their own country codes; the other territories have theirs and no trunk 0.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

UNREADABLE = _("Écrivez un numéro de mobile français, comme 06 12 34 56 78.")
FOREIGN = _("Ce numéro est étranger : nous n’écrivons qu’aux mobiles français, d’outre-mer compris.")
LANDLINE = _("Ce numéro n’est pas celui d’un mobile : il ne reçoit pas de SMS. Écrivez un numéro en 06 ou 07.")

_BETWEEN = re.compile(r"[\s\u00a0\u202f\u2009.\-‐‑–/]+")
# The country code of what follows the trunk 0, in nine digits.
_DEPARTEMENTS = (
    (re.compile(r"(?:690|691|7090)\d+"), "590"),
    (re.compile(r"(?:639|692|693|7092)\d+"), "262"),
    (re.compile(r"(?:694|7093)\d+"), "594"),
    (re.compile(r"(?:696|697|7091)\d+"), "596"),
)
_MAINLAND = re.compile(r"(?:6[0-9]|7[3-9])\d{7}")
# Saint-Pierre-et-Miquelon, Wallis-et-Futuna, Nouvelle-Calédonie, Polynésie française.
_TERRITORIES = {
    "508": re.compile(r"(?:4[02-489]|5[02-9])\d{4}|708\d{6}"),
    "681": re.compile(r"(?:72|8[2-9])\d{4}"),
    "687": re.compile(r"(?:5[0-4]|[79]\d|8[0-79])\d{4}"),
    "689": re.compile(r"8[7-9]\d{6}"),
}


def e164(typed: str) -> str:
    """The number that somebody typed, as `+33612345678`.

    Raises ValidationError (`unreadable`, `foreign`, `landline`), with a sentence for whoever typed it.
    """
    digits = _BETWEEN.sub("", typed.strip()).replace("(0)", "").replace("(", "").replace(")", "")
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    if re.fullmatch(r"\+?[0-9]{5,15}", digits) is None:
        raise ValidationError(UNREADABLE, code="unreadable")
    if digits.startswith("+"):
        return _international(digits[1:])
    if len(digits) != 10 or not digits.startswith("0"):
        raise ValidationError(UNREADABLE, code="unreadable")
    return _national(digits[1:])


def shown(number: str) -> str:
    """As it is read aloud: 06 12 34 56 78; one without trunk 0 keeps its country code."""
    for code in ("33", "590", "262", "594", "596"):
        rest = number.removeprefix(f"+{code}")
        if rest != number and len(rest) == 9:
            return " ".join(re.findall("..", f"0{rest}"))
    return f"{number[:4]} {' '.join(re.findall('..', number[4:]))}"


def unbroken(number: str) -> str:
    """As it is shown, and no line break cuts it."""
    return shown(number).replace(" ", "\u00a0")


def _international(digits: str) -> str:
    for code, mobiles in _TERRITORIES.items():
        if digits.startswith(code):
            if mobiles.fullmatch(digits[len(code) :]) is None:
                raise ValidationError(LANDLINE, code="landline")
            return f"+{digits}"
    for code in ("33", "590", "262", "594", "596"):
        if digits.startswith(code):
            rest = digits[len(code) :]
            if len(rest) == 10 and rest.startswith("0"):
                rest = rest[1:]
            if len(rest) != 9:
                raise ValidationError(UNREADABLE, code="unreadable")
            return _national(rest)
    raise ValidationError(FOREIGN, code="foreign")


def _national(rest: str) -> str:
    """Nine digits. A mobile of overseas that is typed after +33 is meant with its own code."""
    for mobiles, code in _DEPARTEMENTS:
        if mobiles.fullmatch(rest):
            return f"+{code}{rest}"
    if _MAINLAND.fullmatch(rest) is None:
        raise ValidationError(LANDLINE, code="landline")
    return f"+33{rest}"
