"""The mairie's own mailbox."""

from typing import Any

import pytest

from tenants.models import Commune
from tenants.official import official_mailbox

NOWHERE = Commune(slug="nulle-part")
KNOWN = Commune(slug="calme", official_email="Mairie@Calme.fr")


def test_no_mailbox_is_invented_outside_the_demo(settings: Any) -> None:
    assert official_mailbox(NOWHERE) == ""
    assert official_mailbox(KNOWN) == "mairie@calme.fr"


@pytest.mark.parametrize(("commune", "address"), [(NOWHERE, "mairie@nulle-part.example"), (KNOWN, "mairie@calme.fr")])
def test_the_demo_simulates_the_mailboxes_nobody_knows(settings: Any, commune: Commune, address: str) -> None:
    settings.DEMO = True
    assert official_mailbox(commune) == address
