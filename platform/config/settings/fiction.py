"""A supplier that does not exist, for the demo and the tests: its numbers have right keys and belong to nobody."""

import os

SUPPLIER = {
    "SUPPLIER_NAME": "Beffroi",
    "SUPPLIER_LEGAL": "Société fictive, SAS au capital de 1 000 €, RCS de nulle part 000 123 455",
    "SUPPLIER_SIRET": "00012345500016",
    "SUPPLIER_VAT_NUMBER": "FR31000123455",
    "SUPPLIER_STREET": "1 place de la Démonstration",
    "SUPPLIER_POSTAL_CODE": "00000",
    "SUPPLIER_CITY": "Nulle-Part",
    "SUPPLIER_EMAIL": "facturation@beffroi.example",
    "SUPPLIER_IBAN": "FR7699999000010000000000115",
    "SUPPLIER_BIC": "DEMOFRPPXXX",
}
for _name, _said in SUPPLIER.items():
    os.environ.setdefault(_name, _said)
