"""What the directory says of some communes that are hard to write about."""

from dataclasses import replace
from typing import Any

from tenants.sites import CommuneFacts

ORDINARY = CommuneFacts(
    insee="05135",
    name="Sainte-Colombe",
    slug="sainte-colombe-05",
    departement="05",
    departement_name="Hautes-Alpes",
    region_name="Provence-Alpes-Côte d’Azur",
    locative="dans les Hautes-Alpes",
    population=65,
    postal_codes=("05700",),
    siren="210501359",
    epci_name="CC du Sisteronais Buëch",
    kind="mountain",
    latitude=44.3,
    longitude=5.8,
    timezone="Europe/Paris",
    contour="",
    official_email="mairie@sainte-colombe.example",
    official_phone="04 00 00 00 00",
)


def facts(**changes: Any) -> CommuneFacts:
    return replace(ORDINARY, **changes)
