"""Who sells to communes, as each of its papers must say: without it no paper is lawful, so nothing starts."""

from types import ModuleType

from environs import EnvError
from stdnum import bic, iban
from stdnum.exceptions import ValidationError
from stdnum.fr import siret, tva

from config.settings.environment import env


def _keyed(name: str, typed: str, kind: ModuleType) -> str:
    """Without spaces. A number whose key is wrong would be on every paper: it does not start."""
    try:
        return str(kind.validate(typed))
    except ValidationError as error:
        raise EnvError(f'Environment variable "{name}" is no such number: {error}') from error


SUPPLIER_NAME = env.str("SUPPLIER_NAME")
SUPPLIER_LEGAL = env.str("SUPPLIER_LEGAL")
SUPPLIER_SIRET = _keyed("SUPPLIER_SIRET", env.str("SUPPLIER_SIRET"), siret)
SUPPLIER_VAT_NUMBER = "FR" + _keyed("SUPPLIER_VAT_NUMBER", env.str("SUPPLIER_VAT_NUMBER"), tva)
SUPPLIER_STREET = env.str("SUPPLIER_STREET")
SUPPLIER_POSTAL_CODE = env.str("SUPPLIER_POSTAL_CODE")
SUPPLIER_CITY = env.str("SUPPLIER_CITY")
SUPPLIER_COUNTRY = env.str("SUPPLIER_COUNTRY", "FR")
SUPPLIER_CONTACT = env.str("SUPPLIER_CONTACT", "")
SUPPLIER_EMAIL = env.str("SUPPLIER_EMAIL")
SUPPLIER_IBAN = _keyed("SUPPLIER_IBAN", env.str("SUPPLIER_IBAN"), iban)
SUPPLIER_BIC = _keyed("SUPPLIER_BIC", env.str("SUPPLIER_BIC"), bic)
