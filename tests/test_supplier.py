"""Production does not start as a supplier that papers cannot name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from billing.papers import supplier, supplier_bank, valid_iban, valid_siret
from config.settings.fiction import SUPPLIER

ROOT = Path(__file__).resolve().parents[1]


def started(said: dict[str, str]) -> str:
    """What production says as it starts, with this environment and nothing else of the machine."""
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.billing"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}", **said},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stderr if done.returncode else ""


def test_the_supplier_of_the_demo_has_right_keys_and_starts() -> None:
    assert started(SUPPLIER) == ""
    assert valid_siret(supplier().siret) == SUPPLIER["SUPPLIER_SIRET"]
    assert valid_iban(supplier_bank().iban) == SUPPLIER["SUPPLIER_IBAN"]
    assert supplier().vat_number == SUPPLIER["SUPPLIER_VAT_NUMBER"]


@pytest.mark.parametrize("name", SUPPLIER)
def test_what_is_missing_stops_it_with_its_name(name: str) -> None:
    assert name in started({each: said for each, said in SUPPLIER.items() if each != name})


@pytest.mark.parametrize("name", ["SUPPLIER_SIRET", "SUPPLIER_VAT_NUMBER", "SUPPLIER_IBAN", "SUPPLIER_BIC"])
@pytest.mark.parametrize("wrong", ["", "123", "FR7699999000010000000000116", "00012345500017"])
def test_a_wrong_key_stops_it_with_its_name(name: str, wrong: str) -> None:
    assert name in started(SUPPLIER | {name: wrong})
