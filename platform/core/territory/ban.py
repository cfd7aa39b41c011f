"""Reading a file of the Base Adresse Nationale: CSV, semicolons, UTF-8, perhaps gzipped, one address a line."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from core.territory.geometry import Box, on_the_globe

COLUMNS = ("id", "numero", "rep", "nom_voie", "code_postal", "code_insee", "lon", "lat")
LARGEST_FILE = 30 * 1024 * 1024
LARGEST_TEXT = 400 * 1024 * 1024
LONGEST_LINE = 8_000
MOST_FLAWS = 10
MARGIN_DEGREES = 0.1
# The three communes whose addresses bear the code of a municipal district.
_DISTRICTS = {"13055": "132", "69123": "6938", "75056": "751"}


class Unreadable(Exception):
    """The whole file is wrong; the message is for whoever sent it."""


class _Wrong(Exception):
    """This line is wrong, the message says how."""


@dataclass(frozen=True, slots=True)
class Row:
    ban_id: str
    number: int
    suffix: str
    street: str
    postal_code: str
    latitude: float
    longitude: float


class BanFile:
    """The addresses of one commune in a file. Once iterated, `read`, `elsewhere`, `doubles` and `flaws` tell the rest.

    Iteration ends after the tenth flaw. Raises Unreadable.
    """

    def __init__(self, stream: IO[bytes], insee: str, box: Box | None) -> None:
        self.read = self.elsewhere = self.doubles = 0
        self.flaws: list[str] = []
        self.insees: set[str] = set()
        self._stream, self._insee = stream, insee
        self._box = box.grown(MARGIN_DEGREES) if box else None
        self._line = 0
        self._seen: set[str] = set()

    def __iter__(self) -> Iterator[Row]:
        reader = csv.reader(self._lines(), delimiter=";", strict=True)
        try:
            header = next(reader, [])
            places = _places([name.strip().lower() for name in header])
            for cells in reader:
                if not any(cells):
                    continue
                self.read += 1
                try:
                    row = self._row(cells, places, len(header))
                except _Wrong as wrong:
                    self.flaws.append(_("Ligne %(line)s : %(what)s.") % {"line": self._line, "what": wrong})
                else:
                    if row:
                        yield row
                if len(self.flaws) >= MOST_FLAWS:
                    return
        except csv.Error as error:
            raise Unreadable(
                _("Ligne %(line)s : les guillemets ou les colonnes ne se lisent pas.") % {"line": self._line}
            ) from error

    def _row(self, cells: list[str], places: dict[str, int], width: int) -> Row | None:
        if len(cells) != width:
            raise _Wrong(_("%(found)s colonnes au lieu de %(width)s") % {"found": len(cells), "width": width})
        value = {name: cells[place].strip() for name, place in places.items()}
        insee = value["code_insee"]
        if not insee.startswith(_DISTRICTS.get(self._insee, self._insee)):
            self.elsewhere += 1
            if len(self.insees) < MOST_FLAWS:
                self.insees.add(insee)
            return None
        number, key = value["numero"], value["id"]
        if not key or len(key) > 60:
            raise _Wrong(_("l’identifiant manque ou est trop long"))
        if not (number.isascii() and number.isdigit() and len(number) <= 6):
            raise _Wrong(_("« %(value)s » n’est pas un numéro") % {"value": number[:30]})
        if not value["nom_voie"] or len(value["nom_voie"]) > 200 or len(value["rep"]) > 20:
            raise _Wrong(_("le nom de la voie manque, ou un nom est trop long"))
        postal_code = value["code_postal"]
        if postal_code and not (postal_code.isascii() and postal_code.isdigit() and len(postal_code) == 5):
            raise _Wrong(_("« %(value)s » n’est pas un code postal") % {"value": postal_code[:30]})
        point = self._point(value["lat"], value["lon"])
        if key in self._seen:
            self.doubles += 1
            return None
        self._seen.add(key)
        return Row(key, int(number), value["rep"], value["nom_voie"], postal_code, *point)

    def _point(self, lat: str, lon: str) -> tuple[float, float]:
        told = {"lat": lat[:30], "lon": lon[:30]}
        try:
            latitude, longitude = float(lat), float(lon)
        except ValueError as error:
            raise _Wrong(_("« %(lat)s » et « %(lon)s » ne sont pas une latitude et une longitude") % told) from error
        if not on_the_globe(latitude, longitude) or (self._box and not self._box.holds(latitude, longitude)):
            raise _Wrong(_("le point %(lat)s, %(lon)s est loin de la commune") % told)
        return latitude, longitude

    def _lines(self) -> Iterator[str]:
        total = 0
        try:
            source = _opened(self._stream)
            while raw := source.readline(LONGEST_LINE):
                self._line += 1
                total += len(raw)
                if total > LARGEST_TEXT:
                    raise Unreadable(_("Une fois ouvert, ce fichier est trop gros."))
                if len(raw) == LONGEST_LINE or b"\0" in raw:
                    raise Unreadable(_("Ce fichier n’est pas un fichier CSV."))
                yield raw.decode("utf-8-sig" if self._line == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise Unreadable(
                _("Ligne %(line)s : le fichier n’est pas encodé en UTF-8.") % {"line": self._line}
            ) from error
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise Unreadable(_("Le fichier compressé est abîmé ou incomplet : téléchargez-le de nouveau.")) from error


def _opened(stream: IO[bytes]) -> IO[bytes]:
    stream.seek(0)
    start = stream.read(4)
    stream.seek(0)
    if start.startswith(b"PK"):
        raise Unreadable(_("Ce fichier est un classeur ou un dossier ZIP : envoyez le fichier .csv ou .csv.gz."))
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    return stream


def _places(header: list[str]) -> dict[str, int]:
    """Where each needed column is."""
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise Unreadable(
            _("La première ligne doit nommer les colonnes, séparées par des points-virgules. Il manque : %(names)s.")
            % {"names": ", ".join(missing)}
        )
    return {name: header.index(name) for name in COLUMNS}
