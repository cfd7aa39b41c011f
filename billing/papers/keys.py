"""Numbers that carry a key: a SIRET, an IBAN. What is wrong is said in French, as the person may mend it."""

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import bic, iban
from stdnum.exceptions import ValidationError as KeyFault
from stdnum.fr import siren as siren_key
from stdnum.fr import siret as siret_key

SIRET_DIGITS: Final = 14
_SPACES: Final = " .-\u00a0\u202f\t\n\r"


def _bare(text: str) -> str:
    return "".join(each for each in text if each not in _SPACES)


def valid_siret(text: str, *, siren: str = "") -> str:
    """The 14 digits. Raises ValidationError; also when they belong to another body than that of `siren`."""
    bare = _bare(text)
    if not (bare.isascii() and bare.isdigit()):
        raise ValidationError(_("Un numéro SIRET ne comporte que des chiffres."), code="letters")
    if len(bare) != SIRET_DIGITS:
        said = _("Un numéro SIRET comporte 14 chiffres ; celui-ci en a %(count)s.") % {"count": len(bare)}
        raise ValidationError(said, code="length")
    try:
        siret_key.validate(bare)
    except KeyFault:
        said = _("Ce numéro SIRET n’existe pas : sa clé de contrôle est fausse. Vérifiez chaque chiffre.")
        raise ValidationError(said, code="key") from None
    if siren and bare[: len(siren)] != siren:
        said = _("Ce numéro SIRET est celui d’un autre organisme : le vôtre commence par %(siren)s.")
        raise ValidationError(said % {"siren": siren_key.format(siren)}, code="other")
    return bare


def siret_of_siren(siren: str, rank: int = 1) -> str:
    """The SIRET that an establishment of that rank has; the first is most often the seat."""
    base = f"{siren}{rank:04}"
    return next(f"{base}{key}" for key in range(10) if siret_key.is_valid(f"{base}{key}"))


def spaced_siret(siret: str) -> str:
    """« 123 456 789 00012 », not cut by a line break."""
    return str(siret_key.format(siret, "\u00a0")) if siret else ""


def valid_iban(text: str) -> str:
    """Without spaces. Raises ValidationError."""
    try:
        return str(iban.validate(_bare(text).upper()))
    except KeyFault:
        raise ValidationError(_("Cet IBAN n’existe pas : vérifiez chaque caractère."), code="key") from None


def spaced_iban(text: str) -> str:
    return str(iban.format(text, "\u00a0"))


def valid_bic(text: str) -> str:
    """Raises ValidationError."""
    try:
        return str(bic.validate(_bare(text).upper()))
    except KeyFault:
        raise ValidationError(_("Ce code BIC n’existe pas : il a 8 ou 11 caractères."), code="key") from None
