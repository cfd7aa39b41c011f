"""Who sells: the operator, as the environment says (config.settings.billing)."""

from django.conf import settings

from billing.papers.content import Bank, Party


def supplier() -> Party:
    return Party(
        name=settings.SUPPLIER_NAME,
        siret=settings.SUPPLIER_SIRET,
        vat_number=settings.SUPPLIER_VAT_NUMBER,
        street=settings.SUPPLIER_STREET,
        postal_code=settings.SUPPLIER_POSTAL_CODE,
        city=settings.SUPPLIER_CITY,
        country=settings.SUPPLIER_COUNTRY,
        contact=settings.SUPPLIER_CONTACT,
        email=settings.SUPPLIER_EMAIL,
        legal=settings.SUPPLIER_LEGAL,
    )


def supplier_bank() -> Bank:
    return Bank(iban=settings.SUPPLIER_IBAN, bic=settings.SUPPLIER_BIC)
