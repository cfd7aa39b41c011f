"""How much a page of the console asks of a browser, with as much as it ever shows."""

import re

from django.test import Client

from console.tests.conftest import asked_for
from core.audit.actions import record
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.models import Commune, Mandate, MandateMessage, Signup
from tests.cast import Cast

NODES = 1000


def test_no_page_of_the_console_has_more_than_a_thousand_nodes(cast: Cast, mandate: Mandate, console: Client) -> None:
    fill(cast, mandate)
    for address in ("/", "/mandats/", f"/mandats/{mandate.pk}/", f"/communes/{cast.doux.insee}/", "/journal/"):
        page = console.get(address).content
        nodes, scripts = len(re.findall(rb"<[a-z]", page)), page.count(b"<script")
        print(f"{address.split('/')[1] or 'communes':10} {nodes:4} nodes {len(page):6} bytes {scripts} scripts")  # noqa: T201
        assert nodes <= NODES


def fill(cast: Cast, mandate: Mandate) -> None:
    """A full page of everything."""
    Commune.objects.bulk_create(
        Commune(insee=f"230{n:02}", name=f"Val-sous-Beffroi-{n}", folded="val", sort_key="val", slug=f"val-{n}",
                departement="23", region="75", population=1000 + n) for n in range(40, 100)
    )  # fmt: skip
    for number in range(30):
        if number < 6:
            MandateMessage.objects.create(
                mandate=mandate, side="mairie", author="a", text="Une réponse.\n\nDeux lignes."
            )
        place = Commune.objects.get(insee=f"230{40 + number}")
        signup = Signup.objects.create(commune=place, name="Personne fictive", email=mandate.signup.email)
        Mandate.objects.create(signup=signup)
        Signup.objects.create(commune=mandate.signup.commune, name="Personne fictive", email="a@exemple.fr")
    with entered(OPERATOR):
        for _ in range(60):
            record(
                "mandate.refused", target="Doux (08)", insee=cast.doux.insee, reason="Une raison.", lost="3 personnes"
            )
    asked_for(cast.aubin)
