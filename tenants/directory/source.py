"""The directory's two files, read row by row."""

import csv
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
COMMUNES = DATA / "communes-cog-2026.csv.gz"
CONTOURS = DATA / "commune-contours.csv.gz"


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune as the file has it; `population` and the coordinates may be absent."""

    insee: str
    name: str
    departement: str
    region: str
    population: int | None
    siren: str
    postal_codes: tuple[str, ...]
    epci_siren: str
    epci_name: str
    latitude: float | None
    longitude: float | None


def communes(path: Path = COMMUNES) -> Iterator[CommuneRow]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield CommuneRow(
                insee=row["code_insee"],
                name=row["name"],
                departement=row["departement"],
                region=row["region"],
                population=int(row["population"]) if row["population"] else None,
                siren=row["siren"],
                postal_codes=tuple(row["postal_codes"].replace(";", " ").replace("|", " ").split()),
                epci_siren=row["epci_siren"],
                epci_name=row["epci_name"],
                latitude=float(row["latitude"]) if row["latitude"] else None,
                longitude=float(row["longitude"]) if row["longitude"] else None,
            )


def contours(path: Path = CONTOURS) -> Iterator[tuple[str, str]]:
    """INSEE code and outline, see CommuneContour."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code_insee"], row["contour_polyline4"]


def edition(*paths: Path) -> str:
    """What tells one edition of the files from another."""
    digest = hashlib.sha256()
    for path in paths or (COMMUNES, CONTOURS):
        digest.update(path.read_bytes())
    return digest.hexdigest()
