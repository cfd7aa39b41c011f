"""Files of the Base Adresse Nationale, as it publishes them."""

from collections.abc import Iterable
from io import BytesIO

HEADER = (
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;"
    "nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_position;"
    "source_nom_voie;certification_commune;cad_parcelles"
)


def line(
    number: object = 1,
    street: str = "Rue des Lilas",
    *,
    key: str = "",
    rep: str = "",
    insee: str = "12013",
    postal_code: str = "80100",
    lat: object = 45.0,
    lon: object = 4.0,
) -> str:
    key = key or f"{insee}_{street}_{number}_{rep}".lower().replace(" ", "-")
    return (
        f"{key};;{number};{rep};{street};{postal_code};{insee};Saint-Aubin;;;800000.1;6500000.2;{lon};{lat};"
        f"entrée;;;SAINT-AUBIN;{street.upper()};commune;commune;1;"
    )


def ban(*lines: str, header: str = HEADER, start: bytes = b"") -> BytesIO:
    return BytesIO(start + "\n".join([header, *lines, ""]).encode())


def many(count: int) -> Iterable[str]:
    """Doors of a town, four hundred to a street, spread over the cast's contour."""
    for index in range(count):
        yield line(
            index % 400 + 1,
            f"Rue numéro {index // 400}",
            lat=44.95 + index % 100 / 1000,
            lon=3.95 + index % 97 / 1000,
        )
