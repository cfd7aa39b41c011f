"""Who sells to communes, as each of its papers must say: without it no paper is lawful, so nothing starts."""

from environs import EnvError
from stdnum import bic, iban
from stdnum.exceptions import ValidationError
from stdnum.fr import siret, tva

from config.settings.environment import env


def _keyed(name: str, key: object) -> str:
    """What the environment says under that name, without spaces; a number whose key is wrong does not start."""
    try:
        return str(key.validate(env.str(name)))  # type: ignore[attr-defined]
    except ValidationError as error:
        raise EnvError(f'Environment variable "{name}" is no valid number: {error}') from error


SUPPLIER_NAME = env.str("SUPPLIER_NAME")
# Form, capital and registry, as they end an invoice: « SAS au capital de 10 000 €, RCS Toulouse 123 456 789 ».
SUPPLIER_LEGAL = env.str("SUPPLIER_LEGAL")
SUPPLIER_SIRET = _keyed("SUPPLIER_SIRET", siret)
_VAT = _keyed("SUPPLIER_VAT_NUMBER", tva)
SUPPLIER_VAT_NUMBER = _VAT if _VAT.startswith("FR") else f"FR{_VAT}"
SUPPLIER_STREET = env.str("SUPPLIER_STREET")
SUPPLIER_POSTAL_CODE = env.str("SUPPLIER_POSTAL_CODE")
SUPPLIER_CITY = env.str("SUPPLIER_CITY")
SUPPLIER_COUNTRY = env.str("SUPPLIER_COUNTRY", "FR")
SUPPLIER_CONTACT = env.str("SUPPLIER_CONTACT", "")
SUPPLIER_EMAIL = env.str("SUPPLIER_EMAIL")
SUPPLIER_IBAN = _keyed("SUPPLIER_IBAN", iban)
SUPPLIER_BIC = _keyed("SUPPLIER_BIC", bic)
